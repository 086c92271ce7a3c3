import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "军地协调", en: "Liaison" };

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
      nav: { order: 55 },
      needs: "look",
    },
    begin: { path: "/begin/:caseId", title, component: lazyPart(() => import("./begin-page.tsx")), needs: "help" },
    one: { path: "/a/:affairId", title, component: lazyPart(() => import("./affair-page.tsx")), needs: "look" },
  },
  caseTabs: {
    liaison: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
});
