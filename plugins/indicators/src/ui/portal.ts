import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "办理指标", en: "Indicators" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    month: {
      path: "/",
      title,
      component: lazyPart(() => import("./month-page.tsx")),
      nav: { order: 60 },
      needs: "look",
    },
    one: { path: "/:month/:scope/:code", title, component: lazyPart(() => import("./one-page.tsx")), needs: "look" },
  },
});
