import type { Id } from "@doorstep/sdk";
import { and, asc, eq, lt } from "drizzle-orm";
import type { JobCtx } from "../mailbox-ctx.ts";
import { letters, mailboxes, underway } from "../schema.ts";

const MINUTE_MS = 60_000;
/** A press that still works is left alone. */
const LEFT_AFTER = 2 * MINUTE_MS;
/** By then whatever was to be filed is, or never will be by this press. */
const GIVEN_UP_AFTER = 60 * MINUTE_MS;

/** Puts it before the leader as it was written; pressed again, or by two at once, it stands there once. */
export async function deliver(ctx: JobCtx, key: Id, caseId: Id): Promise<void> {
  const [one] = await ctx.db.select().from(underway).where(eq(underway.key, key));
  if (!one) return;
  const { mailboxId, wordsFile, locale, anonymous, at } = one;
  await ctx.db
    .insert(letters)
    .values({ id: ctx.newId(), mailboxId, caseId, wordsFile, locale, anonymous, deliveredAt: at })
    .onConflictDoNothing({ target: letters.caseId });
  await ctx.db.delete(underway).where(eq(underway.key, key));
  const [lying] = await ctx.db.select({ wordsFile: letters.wordsFile }).from(letters).where(eq(letters.caseId, caseId));
  if (lying?.wordsFile !== wordsFile) await ctx.files.remove(wordsFile);
}

/** Nothing stays of what was never filed, or went to an organ. */
export async function forgetUnderway(ctx: JobCtx, key: Id): Promise<void> {
  const gone = await ctx.db.delete(underway).where(eq(underway.key, key)).returning();
  for (const { wordsFile } of gone) await ctx.files.remove(wordsFile);
}

/** Where the server was stopped between filing and delivering, what was filed reaches the mailbox without another press. */
export async function deliverLeft(ctx: JobCtx): Promise<void> {
  const before = (ms: number): string => new Date(Date.parse(ctx.now) - ms).toISOString();
  const left = await ctx.db
    .select({ key: underway.key, at: underway.at })
    .from(underway)
    .innerJoin(mailboxes, eq(mailboxes.id, underway.mailboxId))
    .where(and(eq(mailboxes.unitId, ctx.unit.id), lt(underway.at, before(LEFT_AFTER))))
    .orderBy(asc(underway.at));
  for (const { key, at } of left) {
    const filed = await ctx.intake.filed(key);
    const isOver = filed !== null || Date.parse(at) < Date.parse(before(GIVEN_UP_AFTER));
    if (filed?.caseId) await deliver(ctx, key, filed.caseId);
    else if (isOver) await forgetUnderway(ctx, key);
  }
}
