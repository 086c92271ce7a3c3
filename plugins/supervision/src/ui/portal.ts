import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "督查督办", en: "Supervision" };
const toAnswer = { "zh-CN": "答复督办", en: "Answer supervision" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    list: {
      path: "/",
      title,
      component: lazyPart(() => import("./list-page.tsx")),
      nav: { order: 50 },
      needs: "supervise",
    },
    one: { path: "/m/:matterId", title, component: lazyPart(() => import("./matter-page.tsx")), needs: "supervise" },
    raise: { path: "/raise/:caseId", title, component: lazyPart(() => import("./raise-page.tsx")), needs: "supervise" },
    silent: {
      path: "/silent/:warningId/:aboutUnit/:channel",
      title: { "zh-CN": "信访渠道没有来件", en: "A way in went quiet" },
      component: lazyPart(() => import("./silent-page.tsx")),
      needs: "supervise",
    },
    recommendations: {
      path: "/recommendations",
      title: { "zh-CN": "三项建议", en: "Recommendations" },
      component: lazyPart(() => import("./recommendations-page.tsx")),
      nav: { order: 51 },
      needs: "supervise",
    },
    inspections: {
      path: "/inspections",
      title: { "zh-CN": "督查检查", en: "Inspections" },
      component: lazyPart(() => import("./inspections-page.tsx")),
      nav: { order: 51 },
      needs: "supervise",
    },
    inspection: {
      path: "/inspections/:inspectionId",
      title: { "zh-CN": "督查检查", en: "Inspections" },
      component: lazyPart(() => import("./inspection-page.tsx")),
      needs: "supervise",
    },
    accountability: {
      path: "/accountability",
      title: { "zh-CN": "追责与澄清", en: "Accountability" },
      component: lazyPart(() => import("./accountability-page.tsx")),
      nav: { order: 52 },
      needs: "accountable",
    },
    toAnswer: {
      path: "/to-answer",
      title: toAnswer,
      component: lazyPart(() => import("./to-answer-page.tsx")),
      nav: { order: 51 },
      needs: "answer",
    },
    answer: {
      path: "/answer/:matterId",
      title: toAnswer,
      component: lazyPart(() => import("./answer-page.tsx")),
      needs: "answer",
    },
  },
  caseTabs: {
    supervision: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
});
