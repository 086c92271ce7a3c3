import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  widgets: {
    alert: {
      title: { "zh-CN": "最要紧的预警", en: "Most serious early warning" },
      component: lazyPart(async () => ({ default: (await import("./alert-widget.tsx")).AlertWidget })),
      ...{ needs: "look", order: 6 },
    },
  },
  deskPages: {
    barometer: {
      path: "/",
      title: { "zh-CN": "诉求晴雨表", en: "Barometer" },
      component: lazyPart(() => import("./barometer-page.tsx")),
      nav: { order: 59 },
      needs: "look",
    },
    answer: {
      path: "/w/:warningId",
      title: { "zh-CN": "答复预警", en: "Answer a warning" },
      component: lazyPart(() => import("./answer-page.tsx")),
      needs: "answer",
    },
  },
});
