import { DoorstepError, type FiledFor, type FileForInput } from "@doorstep/sdk";
import { eq } from "drizzle-orm";
import { acknowledge } from "../answer/acknowledge.ts";
import { forgetFiles, type Mail, type MailCtx, mailOf } from "../mail-ctx.ts";
import { proofOf, tokenFrom } from "../mailbox/token.ts";
import { readMail } from "../reading/read-mail.ts";
import { mails } from "../schema.ts";
import { attachments } from "./attach.ts";
import { WAITING } from "./read-mails.ts";

export type TakenMail = Omit<FileForInput, "key" | "channel" | "via" | "fileIds" | "locale">;

/** How a second petition of the same message is refused: its key or its files belong to the first. */
const TAKEN: ReadonlySet<string> = new Set(["key.reused", "file.notFound"]);

async function senderOf(ctx: MailCtx, { fileId }: Mail): Promise<string | null> {
  const bytes = fileId && (await ctx.files.get(fileId));
  const read = bytes ? await readMail(bytes).catch(() => null) : null;
  return read?.from?.address ?? null;
}

/**
 * Makes a petition of a message, with its original and its attachments. One message is one petition, however often it is
 * pressed, and is acknowledged once; of an accusation nothing is kept but that the message was dealt with.
 *
 * @throws DoorstepError `record.notFound`, `record.state`, and what `fileFor` throws
 */
export async function fileMail(ctx: MailCtx, mailId: string, taken: TakenMail): Promise<FiledFor> {
  const mail = await mailOf(ctx, mailId, ...WAITING, "petition");
  const fileIds = await attachments(ctx, mail);
  const filed = await ctx.intake
    .fileFor({ ...taken, fileIds: [...fileIds], key: `mail-${mailId}`, channel: "mail-in/mail", via: "mail" })
    .catch((error: unknown) => {
      if (error instanceof DoorstepError && TAKEN.has(error.code)) throw new DoorstepError("record.state");
      throw error;
    });
  if (mail.became === "petition") return filed;
  const sender = await senderOf(ctx, mail);
  const { caseId, caseNo } = filed;
  const salt = ctx.newId();
  const known = caseId !== null && sender !== null;
  const after = {
    became: "petition" as const,
    reason: null,
    decidedAt: ctx.now,
    caseId,
    caseNo: caseId === null ? null : caseNo,
    token: known ? tokenFrom(ctx.newId()) : null,
    senderSalt: known ? salt : null,
    senderProof: known ? proofOf(sender, salt) : null,
    answer: mail.answerable && sender !== null ? ("due" as const) : ("none" as const),
  };
  await ctx.db.update(mails).set(after).where(eq(mails.id, mailId));
  const answered = await acknowledge(ctx, { ...mail, ...after });
  // an accusation is answered at once or not at all: nothing of it stays here
  if (answered || caseId === null) await forgetFiles(ctx, mail);
  return filed;
}
