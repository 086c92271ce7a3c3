import { and, eq, inArray, isNotNull, ne } from "drizzle-orm";
import type { JobCtx } from "../mail-ctx.ts";
import { type Judged, judge } from "../reading/judge.ts";
import { keyOf, type ReadMail, readMail } from "../reading/read-mail.ts";
import { type End, mailboxes, mails } from "../schema.ts";
import type { Lying } from "./open-mailbox.ts";
import { isSender, tokensIn } from "./token.ts";

interface Became {
  readonly became: End;
  readonly reason?: string;
  readonly replyTo?: string;
}

/** Which petition a message answers: only where the same sender answers the unit's own acknowledgement. */
async function answered(ctx: JobCtx, mail: ReadMail, judged: Judged): Promise<Became> {
  const tokens = tokensIn(mail.subject, ...mail.answersTo);
  if (judged.became !== "waiting" || tokens.length === 0) return judged;
  const known = await ctx.db
    .select()
    .from(mails)
    .where(and(eq(mails.unitId, ctx.unit.id), inArray(mails.token, [...tokens]), isNotNull(mails.caseId)));
  const heard = new Set(await ctx.events.heard(known.flatMap((one) => one.caseId ?? [])));
  const open = known.filter((one) => heard.has(one.caseId ?? ""));
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

/**
 * Takes one message in. What it became and how far the mailbox was read are written together, so that neither an outage nor a
 * second run loses or doubles it.
 */
export async function takeIn(
  ctx: JobCtx,
  series: number,
  { lying, bytes }: { readonly lying: Lying; readonly bytes: Uint8Array | null },
): Promise<void> {
  const { unit, settings, now } = ctx;
  const mail = bytes && (await readOrNull(bytes));
  const judged: Judged = mail
    ? judge(mail, settings.from)
    : { became: "quarantine", reason: bytes ? "unreadable" : "tooLarge" };
  const end = mail ? await answered(ctx, mail, judged) : judged;
  const key = bytes ? keyOf(bytes, mail) : `large-${lying.size}-${lying.arrivedAt}`;
  const again = await ctx.db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.unitId, unit.id), eq(mails.key, key), ne(mails.became, "duplicate")));
  const isDuplicate = again.length > 0;
  const fileId = bytes && !isDuplicate ? await ctx.files.put(bytes) : null;
  const cardId = isDuplicate ? null : await ctx.files.put(Buffer.from(JSON.stringify(cardOf(mail))));
  await ctx.db.transaction(async (tx) => {
    await tx.insert(mails).values({
      ...(isDuplicate ? { became: "duplicate" as const } : end),
      ...{ id: ctx.newId(), unitId: unit.id, series, uid: lying.uid, key, size: lying.size, fileId, cardId },
      arrivedAt: lying.arrivedAt || now,
      answerable: end.became === "waiting" && mail?.from !== null,
      ...(byMachine.has(end.became) && { decidedAt: now }),
    });
    await wasRead({ ...ctx, db: tx as unknown as JobCtx["db"] }, series, lying.uid);
  });
}
