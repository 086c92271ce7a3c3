import { channel, pluginRpc, pluginServer, takenDown } from "@doorstep/sdk/server";
import { z } from "zod";
import { bringMail } from "./desk/bring-mail.ts";
import { bringBack, discardMail, layInFile } from "./desk/decide.ts";
import { fileMail } from "./desk/file-mail.ts";
import { attachmentPart, listMails, showMail } from "./desk/read-mails.ts";
import { forgetCase, forgetOld, keepWaiting, sendOwed } from "./forget.ts";
import { readMailbox } from "./mailbox/read-mailbox.ts";
import { plugin } from "./plugin.ts";
import { discardReasons } from "./schema.ts";

const { router, procedure } = pluginRpc(plugin);
const byMail = z.object({ mailId: z.uuid() });
/** What one call of a page carries. */
const MOST_BASE64 = 1_900_000;

export default pluginServer(plugin, {
  router: router({
    list: procedure("register").query(({ ctx }) => listMails(ctx)),
    /** a message from a mailbox that this network does not reach, as a file */
    bring: procedure("register")
      .input(z.object({ data: z.base64().min(1).max(MOST_BASE64) }))
      .mutation(({ ctx, input }) => bringMail(ctx, input.data)),
    get: procedure("register")
      .input(byMail)
      .query(({ ctx, input }) => showMail(ctx, input.mailId)),
    attachment: procedure("register")
      .input(byMail.extend({ no: z.number().int().min(0).max(999), part: z.number().int().min(0).max(20) }))
      .query(({ ctx, input }) => attachmentPart(ctx, input)),
    file: procedure("register")
      .input(byMail.extend({ taken: takenDown }))
      .mutation(({ ctx, input }) => fileMail(ctx, input.mailId, input.taken)),
    lay: procedure("register")
      .input(byMail)
      .mutation(async ({ ctx, input }) => {
        await layInFile(ctx, input.mailId);
        return { ok: true };
      }),
    discard: procedure("register")
      .input(byMail.extend({ reason: z.enum(discardReasons) }))
      .mutation(async ({ ctx, input }) => {
        await discardMail(ctx, input.mailId, input.reason);
        return { ok: true };
      }),
    bringBack: procedure("register")
      .input(byMail)
      .mutation(async ({ ctx, input }) => {
        await bringBack(ctx, input.mailId);
        return { ok: true };
      }),
  }),
  channels: {
    mail: channel(plugin, { title: { "zh-CN": "电子邮件", en: "E-mail" }, via: "mail" }),
  },
  jobs: {
    read: { every: "5m", scope: "unit", run: readMailbox },
    answer: { every: "10m", scope: "unit", run: sendOwed },
    forget: { every: "1d", scope: "unit", alsoWhereOff: true, run: forgetOld },
    keep: { every: "7d", scope: "unit", alsoWhereOff: true, run: keepWaiting },
  },
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
});
