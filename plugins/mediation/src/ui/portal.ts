import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "矛盾调解", en: "Mediation" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  pages: {
    other: { path: "/", title, component: lazyPart(() => import("./other-page.tsx")) },
  },
  deskPages: {
    mine: {
      path: "/",
      title,
      component: lazyPart(() => import("./mine-page.tsx")),
      nav: { order: 56 },
      needs: "mediate",
    },
    led: { path: "/m/:mediationId", title, component: lazyPart(() => import("./led-page.tsx")), needs: "mediate" },
    offer: { path: "/offer/:caseId", title, component: lazyPart(() => import("./offer-page.tsx")), needs: "conduct" },
    conduct: {
      path: "/case/:caseId",
      title,
      component: lazyPart(() => import("./conduct-page.tsx")),
      needs: "conduct",
    },
  },
  caseTabs: {
    mediation: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
});
