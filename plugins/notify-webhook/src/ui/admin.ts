import { pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import { DeliveriesPage } from "./deliveries-page.tsx";

export default pluginUi(plugin, "admin", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  pages: {
    deliveries: {
      path: "/",
      title: { "zh-CN": "系统对接推送", en: "Webhooks" },
      component: DeliveriesPage,
      nav: { group: "platform" },
      needs: "manage",
    },
  },
});
