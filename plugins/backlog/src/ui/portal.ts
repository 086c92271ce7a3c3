import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "积案化解", en: "Backlog" };
const toCheck = { "zh-CN": "积案验收", en: "Check backlog" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    list: {
      ...{ path: "/", title, component: lazyPart(() => import("./list-page.tsx")), needs: "look" },
      nav: { order: 47 },
    },
    one: { path: "/c/:caseId", title, component: lazyPart(() => import("./item-page.tsx")), needs: "look" },
    toCheck: {
      ...{ path: "/to-check", title: toCheck, component: lazyPart(() => import("./to-check-page.tsx")) },
      ...{ nav: { order: 48 }, needs: "check" },
    },
  },
  caseTabs: {
    backlog: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
});
