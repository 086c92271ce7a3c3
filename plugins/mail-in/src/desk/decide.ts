import { DoorstepError, dayOf } from "@doorstep/sdk";
import { and, eq, inArray } from "drizzle-orm";
import { forgetFiles, type MailCtx, mailOf } from "../mail-ctx.ts";
import { readMail } from "../reading/read-mail.ts";
import { type discardReasons, type End, mails } from "../schema.ts";
import { attachments } from "./attach.ts";
import { BY_RULE, bytesOf, petitionAnswered, WAITING } from "./read-mails.ts";

/** Moves a message on that nobody has decided about meanwhile. @throws DoorstepError `record.state` */
async function move(ctx: MailCtx, mailId: string, from: readonly End[], to: Partial<typeof mails.$inferInsert>) {
  const moved = await ctx.db
    .update(mails)
    .set(to)
    .where(and(eq(mails.id, mailId), inArray(mails.became, [...from])))
    .returning({ id: mails.id });
  if (moved.length === 0) throw new DoorstepError("record.state");
}

/** Takes a message out with a reason. The mailbox itself keeps it. */
export async function discardMail(
  ctx: MailCtx,
  mailId: string,
  reason: (typeof discardReasons)[number],
): Promise<void> {
  const mail = await mailOf(ctx, mailId, ...WAITING);
  await move(ctx, mailId, WAITING, { became: "discarded", reason, decidedAt: ctx.now, answerable: false });
  await forgetFiles(ctx, mail);
}

/** What a rule took for a bounce or an automatic reply waits for somebody again. */
export async function bringBack(ctx: MailCtx, mailId: string): Promise<void> {
  await mailOf(ctx, mailId, ...BY_RULE);
  await move(ctx, mailId, BY_RULE, { became: "quarantine", reason: "broughtBack", decidedAt: null });
}

const LONGEST = 9_000;
/** In the place of words, where nothing but an attachment came. */
const NO_WORDS = "（无正文，见附件）";

/**
 * Lays a message, with its original and attachments, into the petition it answers, as its petitioner's own words; the petition
 * says who laid it in. It is marked together with them, so that nothing is lost where they fail.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`, `module.sealed`, `record.state`
 */
export async function layInFile(ctx: MailCtx, mailId: string): Promise<void> {
  const mail = await mailOf(ctx, mailId, "reply");
  const petition = await petitionAnswered(ctx, mail);
  if (!petition) throw new DoorstepError("case.notFound");
  const { text } = await readMail(await bytesOf(ctx, mail));
  const fileIds = await attachments(ctx, mail);
  // the mail server's clock may be ahead of ours
  const [receivedOn = ""] = [mail.arrivedAt, ctx.now].map((at) => dayOf(at, ctx.unit.timeZone)).sort();
  await ctx.db.transaction(async (tx) => {
    const within = { ...ctx, db: tx as unknown as MailCtx["db"] };
    const { caseId } = petition;
    await move(within, mailId, ["reply"], { became: "thread", caseId, decidedAt: ctx.now });
    await ctx.thread.fromPetitioner(caseId, {
      text: text.trim().slice(0, LONGEST) || NO_WORDS,
      channel: "mail-in/mail",
      receivedOn,
      fileIds,
      key: mailId,
    });
  });
  await forgetFiles(ctx, mail);
}
