import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "联名反映", en: "Joint petitions" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  homeTiles: {
    joint: {
      title,
      note: { "zh-CN": "大家共同的事，一起签名反映", en: "One matter of many, signed together" },
      page: "/",
    },
  },
  pages: {
    start: { path: "/", title, component: lazyPart(() => import("./start-page.tsx")) },
    begin: { path: "/new", title, component: lazyPart(() => import("./begin-page.tsx")) },
    sign: { path: "/sign", title, component: lazyPart(() => import("./sign-page.tsx")) },
    signature: { path: "/signed/:draftId", title, component: lazyPart(() => import("./signature-page.tsx")) },
    own: { path: "/:draftId", title, component: lazyPart(() => import("./own-page.tsx")) },
  },
});
