import { pluginServer, transport } from "@doorstep/sdk/server";
import { plugin } from "./plugin.ts";
import { MailFailed, sendMail } from "./send-mail.ts";
import { whenToSend } from "./when-to-send.ts";

export default pluginServer(plugin, {
  transports: {
    mail: transport(plugin, {
      title: { "zh-CN": "电子邮件", en: "E-mail" },
      async send(ctx, message) {
        const { settings, unit, now } = ctx;
        // switched on and not set up yet: nothing is lost meanwhile
        if (settings.server === "" || settings.from === "") throw new MailFailed("NOT_SET_UP");
        const due = whenToSend(message, now, settings, unit.timeZone);
        if (due > new Date(now)) return { state: "later", until: due.toISOString() };
        return await sendMail(settings, message, ctx.newId());
      },
    }),
  },
});
