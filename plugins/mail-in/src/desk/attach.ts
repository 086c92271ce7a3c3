import { DoorstepError } from "@doorstep/sdk";
import { eq } from "drizzle-orm";
import type { Mail, MailCtx } from "../mail-ctx.ts";
import { readMail } from "../reading/read-mail.ts";
import { mails } from "../schema.ts";
import { bytesOf } from "./read-mails.ts";

/** What nobody claims is forgotten after a day: an older one is handed over anew. */
const FRESH_MS = 12 * 3_600_000;
/** A petition has twenty files at most; the original comes first and holds all of them. */
const MOST = 20;

/** The kernel keeps pictures, documents and recordings; anything else stays in the original message. */
const NOT_KEPT: ReadonlySet<string> = new Set(["file.type", "file.empty"]);

/** The original and what was attached to it, each handed over once: a second press claims the same ones. */
export async function attachments(ctx: MailCtx, mail: Mail): Promise<readonly string[]> {
  const age = Date.parse(ctx.now) - Date.parse(mail.attachedAt ?? "1970-01-01T00:00:00Z");
  if (mail.attachmentIds.length > 0 && (mail.became === "petition" || age < FRESH_MS)) return mail.attachmentIds;
  if (mail.fileId === null) return [];
  const bytes = await bytesOf(ctx, mail);
  const found = await readMail(bytes).then(
    (read) => read.attachments,
    () => [],
  );
  const ids: string[] = [];
  for (const one of [{ name: "邮件原文.eml", bytes }, ...found].slice(0, MOST)) {
    try {
      ids.push(await ctx.intake.attach({ name: one.name, bytes: new Uint8Array(one.bytes) }));
    } catch (error) {
      if (!(error instanceof DoorstepError && NOT_KEPT.has(error.code))) throw error;
    }
  }
  await ctx.db.update(mails).set({ attachmentIds: ids, attachedAt: ctx.now }).where(eq(mails.id, mail.id));
  return ids;
}
