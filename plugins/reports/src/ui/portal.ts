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
    changed: { path: "/changed", title, component: lazyPart(() => import("./changed-page.tsx")), needs: "read" },
    own: { path: "/own", title, component: lazyPart(() => import("./own-page.tsx")), needs: "read" },
    one: { path: "/own/:id", title, component: lazyPart(() => import("./one-page.tsx")), needs: "read" },
    made: { path: "/made/:id", title, component: lazyPart(() => import("./made-page.tsx")), needs: "read" },
    build: { path: "/build/:id", title, component: lazyPart(() => import("./build-page.tsx")), needs: "build" },
  },
});
