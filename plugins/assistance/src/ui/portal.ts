import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "困难帮扶", en: "Assistance" };

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
      nav: { order: 54 },
      needs: "look",
    },
    record: {
      path: "/record/:caseId",
      title,
      component: lazyPart(() => import("./record-page.tsx")),
      needs: "record",
    },
    one: { path: "/s/:supportId", title, component: lazyPart(() => import("./support-page.tsx")), needs: "record" },
  },
  caseTabs: {
    assistance: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
});
