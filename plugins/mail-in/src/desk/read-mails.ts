import { DoorstepError, dayOf } from "@doorstep/sdk";
import { and, asc, count, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { type Mail, type MailCtx, mailOf } from "../mail-ctx.ts";
import type { Card } from "../mailbox/take-in.ts";
import { marked } from "../mailbox/token.ts";
import { readMail } from "../reading/read-mail.ts";
import { type End, mailboxes, mails, quarantineReasons } from "../schema.ts";

export const WAITING: readonly End[] = ["waiting", "reply", "quarantine"];
/** Ends that a rule has given and that somebody may find wrong. */
export const BY_RULE: readonly End[] = ["bounce", "autoReply"];

/** No acknowledgement went out by itself: whoever writes one needs its mark, so that what comes back is known. */
const BY_HAND: ReadonlySet<Mail["answer"]> = new Set(["none", "givenUp"]);

const AT_ONCE = 100;
const RECENT = 20;

const reasonOf = ({ reason }: Mail) => quarantineReasons.find((one) => one === reason) ?? null;

async function withCard(ctx: MailCtx, mail: Mail) {
  const bytes = mail.cardId && (await ctx.files.get(mail.cardId));
  const card = bytes
    ? (JSON.parse(Buffer.from(bytes).toString("utf8")) as Card)
    : { from: "", subject: "", attachments: 0 };
  return { mailId: mail.id, became: mail.became, reason: reasonOf(mail), arrivedAt: mail.arrivedAt, ...card };
}

/** Messages that wait, oldest first; what became of the others, in figures that add up. */
export async function listMails(ctx: MailCtx) {
  const here = eq(mails.unitId, ctx.unit.id);
  const of = (which: readonly End[], newestFirst: boolean, limit: number) =>
    ctx.db
      .select()
      .from(mails)
      .where(and(here, inArray(mails.became, [...which])))
      .orderBy(newestFirst ? desc(mails.arrivedAt) : asc(mails.arrivedAt))
      .limit(limit);
  const [box] = await ctx.db.select().from(mailboxes).where(eq(mailboxes.unitId, ctx.unit.id));
  const counted = await ctx.db
    .select({ became: mails.became, count: count() })
    .from(mails)
    .where(here)
    .groupBy(mails.became);
  const recent = await ctx.db
    .select()
    .from(mails)
    .where(and(here, isNotNull(mails.caseId)))
    .orderBy(desc(mails.decidedAt))
    .limit(RECENT);
  const filed = await Promise.all(
    recent.map(async ({ id, caseId, became, token, answer }) => {
      const petition = caseId === null ? null : await ctx.cases.get(caseId);
      const mark = token !== null && BY_HAND.has(answer) ? marked(token) : null;
      return petition ? [{ mailId: id, became, caseNo: petition.caseNo, title: petition.title, mark }] : [];
    }),
  );
  return {
    isOurs: ctx.settings.imapServer !== "" && ctx.settings.mailboxOf === ctx.unit.code,
    readAt: box?.readAt ?? null,
    counts: counted,
    waiting: await Promise.all((await of(WAITING, false, AT_ONCE)).map((one) => withCard(ctx, one))),
    byRule: await Promise.all((await of(BY_RULE, true, RECENT)).map((one) => withCard(ctx, one))),
    filed: filed.flat(),
  };
}

/** @throws DoorstepError `file.notFound` where the message was too large to be taken in, or is forgotten */
export async function bytesOf(ctx: MailCtx, { fileId }: Mail): Promise<Uint8Array> {
  const bytes = fileId && (await ctx.files.get(fileId));
  if (!bytes) throw new DoorstepError("file.notFound");
  return bytes;
}

/** What fits into the form of the desk; all of it stays in the original. */
const SHOWN = 19_000;

/** One message that waits, as it is read beside the form. */
export async function showMail(ctx: MailCtx, mailId: string) {
  const mail = await mailOf(ctx, mailId, ...WAITING);
  const head = { ...(await withCard(ctx, mail)), receivedOn: dayOf(mail.arrivedAt, ctx.unit.timeZone) };
  const petition = await petitionAnswered(ctx, mail);
  if (mail.fileId === null) return { ...head, petition, address: "", text: null, cut: false, files: [] };
  const read = await readMail(await bytesOf(ctx, mail)).catch(() => null);
  return {
    ...head,
    petition,
    address: read?.from?.address ?? "",
    text: read ? read.text.slice(0, SHOWN) : null,
    cut: (read?.text.length ?? 0) > SHOWN,
    files: read?.attachments.map(({ name, bytes }) => ({ name, size: bytes.byteLength })) ?? [],
  };
}

/** Bytes of one answer. */
const PART = 1_024 * 1_024;

/** One piece of an attachment, to be looked at before it is decided what the message is. @throws DoorstepError `file.notFound` */
export async function attachmentPart(
  ctx: MailCtx,
  asked: { readonly mailId: string; readonly no: number; readonly part: number },
) {
  const mail = await mailOf(ctx, asked.mailId, ...WAITING);
  const { attachments } = await readMail(await bytesOf(ctx, mail));
  const found = attachments[asked.no];
  if (!found) throw new DoorstepError("file.notFound");
  const parts = Math.max(1, Math.ceil(found.bytes.byteLength / PART));
  if (asked.part >= parts) throw new DoorstepError("file.notFound");
  const piece = found.bytes.subarray(asked.part * PART, (asked.part + 1) * PART);
  return { parts, data: Buffer.from(piece).toString("base64") };
}

/** The petition that a message answers, as far as the reader may see it. */
export async function petitionAnswered(ctx: MailCtx, { replyTo }: Mail) {
  if (replyTo === null) return null;
  const [first] = await ctx.db.select({ caseId: mails.caseId }).from(mails).where(eq(mails.id, replyTo));
  const found = first?.caseId ? await ctx.cases.get(first.caseId) : null;
  return found && found.category !== "accusation"
    ? { caseId: found.caseId, caseNo: found.caseNo, title: found.title }
    : null;
}
