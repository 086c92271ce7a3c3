import { and, eq } from "drizzle-orm";
import { createTransport } from "nodemailer";
import type { JobCtx, Mail } from "../mail-ctx.ts";
import { marked } from "../mailbox/token.ts";
import { type ReadMail, readMail } from "../reading/read-mail.ts";
import { mails } from "../schema.ts";
import { answerText } from "./answer-text.ts";
import { sentenceOf, whyNotSent } from "./why-not-sent.ts";

const WAIT_MS = 15_000;
const TRIES = 6;

/** The mail server's refusal for good. */
const isFinal = (error: unknown): boolean => {
  const { responseCode = 0 } = error as { readonly responseCode?: number };
  return whyNotSent(error) === "message" && responseCode >= 500 && responseCode < 600;
};

async function send(ctx: JobCtx, { token, id, caseNo }: Mail, to: ReadMail): Promise<void> {
  const { smtpServer, smtpPort, smtpSecurity, user, password, from } = ctx.settings;
  const mailer = createTransport({
    host: smtpServer,
    port: smtpPort,
    secure: smtpSecurity === "tls",
    requireTLS: smtpSecurity === "startTls",
    ignoreTLS: smtpSecurity === "none",
    ...(user && { auth: { user, pass: password } }),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { subject, text } = answerText(ctx.unit.name, caseNo, token);
  const host = from.slice(from.indexOf("@") + 1);
  try {
    await mailer.sendMail({
      from: { name: ctx.unit.name["zh-CN"], address: from },
      to: { name: "", address: to.from?.address ?? "" },
      // whatever comes back because it could not be delivered comes to nobody who answers
      envelope: { from: "", to: [to.from?.address ?? ""] },
      subject,
      text,
      messageId: `<${token === null ? id : marked(token)}@${host}>`,
      ...(to.messageId && { inReplyTo: to.messageId, references: [to.messageId] }),
      headers: { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" },
    });
  } finally {
    mailer.close();
  }
}

/**
 * Acknowledges a message once. It counts as sent before it goes: where the platform ends in the midst of it, it is not sent
 * a second time.
 *
 * @returns whether nothing is owed any more
 */
export async function acknowledge(ctx: JobCtx, mail: Mail): Promise<boolean> {
  if (mail.answer !== "due") return true;
  const set = (answer: Mail["answer"]) => ctx.db.update(mails).set({ answer }).where(eq(mails.id, mail.id));
  const bytes = mail.fileId && (await ctx.files.get(mail.fileId));
  if (ctx.settings.smtpServer === "" || ctx.settings.from === "" || !bytes) {
    await set("none");
    return true;
  }
  const mine = await ctx.db
    .update(mails)
    .set({ answer: "sending", answerTries: mail.answerTries + 1 })
    .where(and(eq(mails.id, mail.id), eq(mails.answer, "due")))
    .returning({ id: mails.id });
  if (mine.length === 0) return false;
  try {
    await send(ctx, mail, await readMail(bytes));
    await set("sent");
    return true;
  } catch (error) {
    ctx.log.warn(sentenceOf(whyNotSent(error)), { unit: ctx.unit.code });
    const isOver = isFinal(error) || mail.answerTries + 1 >= TRIES || mail.caseNo === null;
    await set(isOver ? "givenUp" : "due");
    return isOver;
  }
}
