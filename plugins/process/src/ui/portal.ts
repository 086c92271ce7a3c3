import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "流程分析", en: "Process map" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    own: {
      path: "/",
      title,
      component: lazyPart(() => import("./own-page.tsx")),
      nav: { order: 62 },
      needs: "look",
    },
    deviating: {
      path: "/off/:from/:to/:scope/:code",
      title,
      component: lazyPart(() => import("./deviating-page.tsx")),
      needs: "look",
    },
    logs: { path: "/logs", title, component: lazyPart(() => import("./logs-page.tsx")), needs: "look" },
    log: { path: "/logs/:logId", title, component: lazyPart(() => import("./log-page.tsx")), needs: "look" },
  },
});
