import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "来访接待", en: "Visit desk" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    hall: {
      path: "/",
      title,
      component: lazyPart(async () => ({ default: (await import("./hall-page.tsx")).HallPage })),
      nav: { order: 11 },
      needs: "receive",
    },
    board: {
      path: "/board",
      title,
      component: lazyPart(async () => ({ default: (await import("./board-page.tsx")).BoardPage })),
      needs: "receive",
    },
    talk: {
      path: "/:visitId",
      title,
      component: lazyPart(async () => ({ default: (await import("./talk-page.tsx")).TalkPage })),
      needs: "receive",
    },
  },
  caseTabs: {
    visit: {
      title: { "zh-CN": "来访", en: "Visit" },
      component: lazyPart(async () => ({ default: (await import("./visit-tab.tsx")).VisitTab })),
      when: (facts) => facts.channel === "visit" && facts.category !== "accusation",
    },
  },
});
