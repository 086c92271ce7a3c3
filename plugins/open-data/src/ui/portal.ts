import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "数据公开", en: "Open data" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  homeTiles: {
    data: {
      title,
      note: { "zh-CN": "查看和下载已公开的统计数字", en: "See and take the published figures" },
      page: "/",
    },
  },
  pages: {
    published: { path: "/", title, component: lazyPart(() => import("./published-page.tsx")) },
    one: { path: "/d/:seriesId", title, component: lazyPart(() => import("./one-page.tsx")) },
  },
  deskPages: {
    publish: {
      path: "/",
      title,
      component: lazyPart(() => import("./publish-page.tsx")),
      nav: { order: 63 },
      needs: "publish",
    },
  },
});
