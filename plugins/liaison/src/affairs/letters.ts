import type { Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, inArray, sql } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { affairs, letters } from "../schema.ts";
import { type AffairCtx, affairOf, type JobCtx, openAffair, todayOf } from "./affair-ctx.ts";
import { agreedFor, LETTER } from "./consent.ts";

const unsigned = ["waiting", "sentBack"] as const;

interface NewLetter {
  readonly letterId: Id;
  readonly affairId: Id;
  readonly office: string;
  readonly facts: string;
  readonly request: string;
  readonly wishedOn: string | null;
  /** the day he said so to the helper; `null`: he has said so himself on the page of his matter */
  readonly agreedOn: string | null;
}

/**
 * Writes to a local office, or writes anew what nobody has signed: it is put before whoever signs, and is sent once signed.
 *
 * @throws refusal `notFound`, `state`, `agreedOn`, `consent`, `consentTaken`, `wishedOn`, `unsigned`; DoorstepError `notice.glyphMissing`
 */
export async function write(ctx: AffairCtx, { letterId, affairId, ...what }: NewLetter): Promise<void> {
  const affair = await openAffair(ctx, affairId);
  const today = todayOf(ctx);
  const agreed = await agreedFor(ctx, affair.caseId, what.agreedOn);
  if (what.wishedOn !== null && what.wishedOn <= today) throw refuse("wishedOn");
  const [before] = await ctx.db
    .select()
    .from(letters)
    .where(and(eq(letters.affairId, affairId), inArray(letters.state, unsigned)));
  if (before && before.id !== letterId) throw refuse("unsigned");
  const noticeId = await ctx.notices.draft(affair.caseId, LETTER, { ...what, ...agreed });
  const written = { ...what, ...agreed, state: "waiting", noticeId, writtenAt: ctx.now } as const;
  const kept = await ctx.db
    .insert(letters)
    .values({ id: letterId, affairId, ...written })
    .onConflictDoUpdate({
      target: letters.id,
      set: written,
      setWhere: sql`${letters.affairId} = ${affairId} and ${inArray(letters.state, unsigned)}`,
    })
    .returning({ id: letters.id });
  if (kept.length === 0) throw refuse("state");
}

/** What the office answered. @throws refusal `notFound`, `state`, `answeredOn` */
export async function answered(
  ctx: AffairCtx,
  letterId: Id,
  given: { readonly answer: string; readonly answeredOn: string },
): Promise<void> {
  const [letter] = await ctx.db.select().from(letters).where(eq(letters.id, letterId));
  if (!letter) throw refuse("notFound");
  await affairOf(ctx, letter.affairId);
  if (given.answeredOn > todayOf(ctx) || given.answeredOn < (letter.sentOn ?? "")) throw refuse("answeredOn");
  const moved = await ctx.db
    .update(letters)
    .set({ ...given, state: "answered" })
    .where(and(eq(letters.id, letterId), eq(letters.state, "sent")))
    .returning({ id: letters.id });
  if (moved.length === 0) throw refuse("state");
}

/** Whoever signs has signed, or wants it otherwise. */
export async function follows(
  ctx: JobCtx,
  event: CaseEvent<"moduleLetter.issued" | "moduleLetter.sentBack">,
): Promise<void> {
  const waiting = await ctx.db
    .select({ id: letters.id, noticeId: letters.noticeId })
    .from(letters)
    .innerJoin(affairs, eq(affairs.id, letters.affairId))
    .where(and(eq(affairs.caseId, event.caseId), inArray(letters.state, unsigned)));
  if (waiting.length === 0) return;
  const drawn = await ctx.notices.list(event.caseId);
  for (const { id, noticeId } of waiting) {
    const notice = drawn.find((one) => one.noticeId === noticeId);
    if (!notice) continue;
    const { state, number, issuedOn, sentBack } = notice;
    const to = state === "issued" ? { state: "sent" as const, number, sentOn: issuedOn } : undefined;
    if (to || sentBack)
      await ctx.db
        .update(letters)
        .set(to ?? { state: "sentBack" })
        .where(eq(letters.id, id));
  }
}
