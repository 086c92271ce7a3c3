import { and, eq, inArray, isNotNull, ne } from "drizzle-orm";
import type { JobCtx, MailCtx } from "../mail-ctx.ts";
import { type Judged, judge } from "../reading/judge.ts";
import { keyOf, type ReadMail, readMail } from "../reading/read-mail.ts";
import { type End, mailboxes, mails } from "../schema.ts";
import type { Lying } from "./open-mailbox.ts";
import { isSender, tokensIn } from "./token.ts";

export const MB = 1_024 * 1_024;

interface Became {
  readonly became: End;
  readonly reason?: string;
  readonly replyTo?: string;
}

/** Those of some petitions into which an answer may go. */
type Open = (caseIds: readonly string[]) => Promise<readonly string[]>;

/** Which petition a message answers: only where the same sender answers the unit's own acknowledgement. */
async function answered(ctx: JobCtx, mail: ReadMail, judged: Judged, openOf: Open): Promise<Became> {
  const tokens = tokensIn(mail.subject, ...mail.answersTo);
  if (judged.became !== "waiting" || tokens.length === 0) return judged;
  const known = await ctx.db
    .select()
    .from(mails)
    .where(and(eq(mails.unitId, ctx.unit.id), inArray(mails.token, [...tokens]), isNotNull(mails.caseId)));
  const may = new Set(await openOf(known.flatMap((one) => one.caseId ?? [])));
  const open = known.filter((one) => may.has(one.caseId ?? ""));
  if (open.length === 0) return judged;
  const own = open.find(
    ({ senderSalt, senderProof }) =>
      senderSalt !== null && senderProof !== null && isSender(mail.from?.address ?? "", senderSalt, senderProof),
  );
  return own ? { became: "reply", replyTo: own.id } : { became: "quarantine", reason: "otherSender" };
}

async function readOrNull(bytes: Uint8Array): Promise<ReadMail | null> {
  try {
    return await readMail(bytes);
  } catch {
    return null;
  }
}

const byMachine: ReadonlySet<End> = new Set(["bounce", "autoReply"]);

/** What the list shows of a message, kept as encrypted as the message itself. */
export interface Card {
  readonly from: string;
  readonly subject: string;
  readonly attachments: number;
}

const cardOf = (mail: ReadMail | null): Card => ({
  from: [mail?.from?.name, mail?.from?.address].filter(Boolean).join(" "),
  subject: mail?.subject ?? "",
  attachments: mail?.attachments.length ?? 0,
});

/** Notes how far the unit's mailbox was read. */
export async function wasRead({ db, unit, now }: JobCtx, series: number, lastUid: number): Promise<void> {
  const read = { series, lastUid, readAt: now };
  await db
    .insert(mailboxes)
    .values({ unitId: unit.id, ...read })
    .onConflictDoUpdate({ target: mailboxes.unitId, set: read });
}

/** Files that somebody brought are in no numbering of a server. */
const BROUGHT = 0;

interface TakenIn {
  readonly mailId: string;
  readonly became: End;
}

/**
 * Takes one message in. What it became and how far the mailbox was read are written together, so that neither an outage nor a
 * second run loses or doubles it.
 */
export async function takeIn(
  ctx: JobCtx,
  series: number,
  { lying, bytes }: { readonly lying: Lying; readonly bytes: Uint8Array | null },
  openOf: Open = (caseIds) => ctx.events.heard([...caseIds]),
): Promise<TakenIn> {
  const { unit, settings, now } = ctx;
  const mail = bytes && (await readOrNull(bytes));
  const judged: Judged = mail
    ? judge(mail, settings.from)
    : { became: "quarantine", reason: bytes ? "unreadable" : "tooLarge" };
  const end = mail ? await answered(ctx, mail, judged, openOf) : judged;
  const key = bytes ? keyOf(bytes, mail) : `large-${lying.size}-${lying.arrivedAt}`;
  const again = await ctx.db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.unitId, unit.id), eq(mails.key, key), ne(mails.became, "duplicate")));
  const isDuplicate = again.length > 0;
  const fileId = bytes && !isDuplicate ? await ctx.files.put(bytes) : null;
  const cardId = isDuplicate ? null : await ctx.files.put(Buffer.from(JSON.stringify(cardOf(mail))));
  const taken = isDuplicate ? { became: "duplicate" as const } : end;
  const mailId = ctx.newId();
  await ctx.db.transaction(async (tx) => {
    await tx.insert(mails).values({
      ...taken,
      ...{ id: mailId, unitId: unit.id, series, uid: lying.uid, key, size: lying.size, fileId, cardId },
      arrivedAt: lying.arrivedAt || now,
      answerable: end.became === "waiting" && mail?.from !== null,
      ...(byMachine.has(end.became) && { decidedAt: now }),
    });
    if (series !== BROUGHT) await wasRead({ ...ctx, db: tx as unknown as JobCtx["db"] }, series, lying.uid);
  });
  return { mailId, became: taken.became };
}

/**
 * Takes in a message that somebody brought as a file: it came today, however far a mailbox was read. It answers only a petition that
 * whoever brings it may see.
 */
export async function takeInBrought(ctx: MailCtx, bytes: Uint8Array): Promise<TakenIn> {
  const uid = Number.parseInt(ctx.newId().slice(-12), 16);
  const size = bytes.byteLength;
  const isLarge = size > ctx.settings.maxMegabytes * MB;
  const message = { lying: { uid, size, arrivedAt: ctx.now }, bytes: isLarge ? null : bytes };
  return await takeIn(ctx, BROUGHT, message, async (caseIds) => {
    const seen = await Promise.all(caseIds.map((id) => ctx.cases.get(id)));
    return seen.flatMap((one) => (one && one.category !== "accusation" ? [one.caseId] : []));
  });
}
