import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "领导包案", en: "Leader's cases" };
const own = { "zh-CN": "我的包案", en: "My cases" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  widgets: {
    urgent: {
      title: { "zh-CN": "最急的事", en: "Most urgent" },
      component: lazyPart(async () => ({ default: (await import("./urgent-widget.tsx")).UrgentWidget })),
      ...{ size: "wide", needs: "lead", order: 0 },
    },
    charges: {
      title: own,
      component: lazyPart(async () => ({ default: (await import("./charges-widget.tsx")).ChargesWidget })),
      ...{ needs: "lead", order: 1 },
    },
    approve: {
      title: { "zh-CN": "待我审批", en: "For my approval" },
      component: lazyPart(async () => ({ default: (await import("./approve-widget.tsx")).ApproveWidget })),
      ...{ needs: "lead", order: 2 },
    },
    tasks: {
      title: { "zh-CN": "我要办的", en: "For me to do" },
      component: lazyPart(async () => ({ default: (await import("./tasks-widget.tsx")).TasksWidget })),
      ...{ needs: "lead", order: 3 },
    },
  },
  deskPages: {
    mine: {
      ...{ path: "/", title: own, component: lazyPart(() => import("./charges-page.tsx")), needs: "lead" },
      nav: { order: 10 },
    },
    take: { path: "/take", title: own, component: lazyPart(() => import("./take-page.tsx")), needs: "lead" },
    one: { path: "/c/:caseId", title: own, component: lazyPart(() => import("./charge-page.tsx")), needs: "lead" },
    act: { path: "/c/:caseId/:act", title: own, component: lazyPart(() => import("./charge-page.tsx")), needs: "lead" },
    unit: {
      ...{ path: "/unit", title, component: lazyPart(() => import("./unit-page.tsx")), needs: "look" },
      nav: { order: 49 },
    },
  },
  caseTabs: {
    charge: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
});
