import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    waiting: {
      path: "/",
      title: { "zh-CN": "待送达文书", en: "Letters to hand over" },
      component: lazyPart(() => import("./waiting-page.tsx")),
      nav: { order: 46 },
      needs: "print",
    },
  },
});
