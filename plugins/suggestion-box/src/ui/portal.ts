import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "意见箱", en: "Suggestion box" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  homeTiles: {
    box: { title, note: { "zh-CN": "提建议，附议别人的建议", en: "Suggest something, or support others" }, page: "/" },
  },
  pages: {
    board: { path: "/", title, component: lazyPart(() => import("./board-page.tsx")) },
    write: { path: "/new", title, component: lazyPart(() => import("./write-page.tsx")) },
    own: { path: "/own", title, component: lazyPart(() => import("./own-page.tsx")) },
  },
  deskPages: {
    box: { path: "/", title, component: lazyPart(() => import("./box-page.tsx")), nav: { order: 45 }, needs: "sort" },
    one: { path: "/s/:id", title, component: lazyPart(() => import("./suggestion-page.tsx")), needs: "sort" },
  },
});
