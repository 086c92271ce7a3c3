import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "听证", en: "Hearing" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  homeTiles: {
    seat: { title, component: lazyPart(async () => ({ default: (await import("./seat-tile.tsx")).SeatTile })) },
  },
  pages: {
    mine: { path: "/", title, component: lazyPart(() => import("./mine-page.tsx")) },
    seat: { path: "/h/:hearingId", title, component: lazyPart(() => import("./seat-page.tsx")) },
  },
  trackPanels: {
    own: {
      title,
      component: lazyPart(async () => ({ default: (await import("./track-panel.tsx")).TrackPanel })),
      when: (facts) => facts.category !== "accusation",
    },
  },
  deskPages: {
    list: {
      path: "/",
      title,
      component: lazyPart(() => import("./list-page.tsx")),
      nav: { order: 57 },
      needs: "look",
    },
    conduct: { path: "/case/:caseId", title, component: lazyPart(() => import("./conduct-page.tsx")), needs: "look" },
    call: { path: "/call/:caseId", title, component: lazyPart(() => import("./call-page.tsx")), needs: "conduct" },
  },
  caseTabs: {
    hearing: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
});
