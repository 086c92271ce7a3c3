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
    names: {
      path: "/roster",
      title: { "zh-CN": "调解员名册", en: "Roster of mediators" },
      component: lazyPart(() => import("./names-page.tsx")),
      nav: { order: 57 },
      needs: "keepRoster",
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
  trackPanels: {
    mediation: {
      title,
      component: lazyPart(async () => ({ default: (await import("./track-panel.tsx")).TrackPanel })),
      when: (facts) => facts.category !== "accusation",
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
