import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "邮件登记", en: "E-mail" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    list: {
      path: "/",
      title,
      component: lazyPart(async () => ({ default: (await import("./mails-page.tsx")).MailsPage })),
      nav: { order: 11 },
      needs: "register",
    },
    one: {
      path: "/:mailId",
      title,
      component: lazyPart(async () => ({ default: (await import("./mail-page.tsx")).MailPage })),
      needs: "register",
    },
  },
});
