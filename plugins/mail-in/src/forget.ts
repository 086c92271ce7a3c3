import { and, eq, inArray, isNotNull, isNull, lt, ne, or } from "drizzle-orm";
import { acknowledge } from "./answer/acknowledge.ts";
import { forgetFiles, type JobCtx } from "./mail-ctx.ts";
import { mails } from "./schema.ts";

const DAY_MS = 86_400_000;
const dayBefore = (now: string, days: number): string => new Date(Date.parse(now) - days * DAY_MS).toISOString();

/** Nothing leads from here to a petition or a sender any more; only that the message came is still counted. */
const GONE = {
  became: "gone" as const,
  reason: null,
  caseId: null,
  caseNo: null,
  token: null,
  senderSalt: null,
  senderProof: null,
  attachmentIds: [],
  attachedAt: null,
  decidedAt: null,
  answerable: false,
  answer: "none" as const,
};

/**
 * What became an accusation, now or later, leaves nothing here once a press that was lost on the way cannot come again; what
 * was discarded ends the same way, so that neither tells the other.
 */
export async function forgetOld(ctx: JobCtx): Promise<void> {
  const here = eq(mails.unitId, ctx.unit.id);
  const old = or(lt(mails.decidedAt, dayBefore(ctx.now, 1)), isNull(mails.decidedAt));
  const done = or(and(eq(mails.became, "petition"), isNull(mails.caseId)), eq(mails.became, "discarded"));
  await ctx.db
    .update(mails)
    .set(GONE)
    .where(and(here, old, done));
  const linked = await ctx.db
    .select({ caseId: mails.caseId })
    .from(mails)
    .where(and(here, isNotNull(mails.caseId)));
  const ids = [...new Set(linked.flatMap((one) => one.caseId ?? []))];
  const heard = new Set(await ctx.events.heard(ids));
  for (const caseId of ids) if (!heard.has(caseId)) await forgetCase(ctx, caseId);
}

/** With the petition goes what is known of its message. */
export async function forgetCase(ctx: JobCtx, caseId: string): Promise<void> {
  for (const mail of await ctx.db.select().from(mails).where(eq(mails.caseId, caseId))) await forgetFiles(ctx, mail);
  await ctx.db.update(mails).set(GONE).where(eq(mails.caseId, caseId));
}

/** Working files that nobody opens are forgotten; those of messages that wait are needed. */
export async function keepWaiting(ctx: JobCtx): Promise<void> {
  const waiting = await ctx.db
    .select()
    .from(mails)
    .where(and(eq(mails.unitId, ctx.unit.id), inArray(mails.became, ["waiting", "reply", "quarantine"])));
  for (const { fileId, cardId } of waiting) for (const one of [fileId, cardId]) if (one) await ctx.files.get(one);
}

/** Acknowledgements that the mail server did not take at once. */
export async function sendOwed(ctx: JobCtx): Promise<void> {
  const owed = await ctx.db
    .select()
    .from(mails)
    .where(
      and(eq(mails.unitId, ctx.unit.id), eq(mails.answer, "due"), isNotNull(mails.caseId), ne(mails.became, "gone")),
    );
  for (const mail of owed) if (await acknowledge(ctx, mail)) await forgetFiles(ctx, mail);
}
