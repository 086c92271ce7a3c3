import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "统计报告", en: "Figures and reports" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    standing: {
      path: "/",
      title,
      component: lazyPart(() => import("./standing-page.tsx")),
      nav: { order: 61 },
      needs: "read",
    },
  },
});
