import type { Id } from "@doorstep/sdk";
import { and, asc, eq, isNull } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { recusals, seats } from "../schema.ts";
import { ownHearing } from "./apply.ts";
import { atOnce, conducted, type HearingCtx, type JobCtx, meOf, seatsOf } from "./hearing-ctx.ts";

export type Recusal = typeof recusals.$inferSelect;

export const recusalsOf = (ctx: JobCtx, hearingId: Id): Promise<Recusal[]> =>
  ctx.db.select().from(recusals).where(eq(recusals.hearingId, hearingId)).orderBy(asc(recusals.askedAt));

interface Asked {
  readonly caseId: Id;
  readonly hearingId: Id;
  readonly recusalId: Id;
  readonly personId: Id;
  readonly why: string;
}

/** The petitioner asks that somebody of the panel leaves it [SD15:12(4)]. @throws refusal `notFound`, `state` */
export async function askRecusal(
  ctx: HearingCtx,
  { caseId, hearingId, recusalId, personId, why }: Asked,
): Promise<void> {
  const one = await ownHearing(ctx, caseId, hearingId);
  if (one.state !== "called") throw refuse("state");
  const seat = (await seatsOf(ctx, hearingId)).find((each) => each.personId === personId && !each.left);
  if (!seat) throw refuse("notFound");
  const before = (await recusalsOf(ctx, hearingId)).find((each) => each.personId === personId);
  if (before) {
    if (before.id === recusalId) return;
    throw refuse("state");
  }
  await ctx.db
    .insert(recusals)
    .values({ id: recusalId, hearingId, personId, why, askedAt: ctx.now })
    .onConflictDoNothing();
}

/**
 * The office head or a leader decides [SD15:17]. Another of the panel takes the chair; whose place is free is for the unit to
 * fill.
 *
 * @throws refusal `notFound`, `state`, `own`
 */
export async function decideRecusal(ctx: HearingCtx, recusalId: Id, granted: boolean, reason: string): Promise<void> {
  const [asked] = await ctx.db.select().from(recusals).where(eq(recusals.id, recusalId));
  if (!asked) throw refuse("notFound");
  const one = await conducted(ctx, asked.hearingId);
  const panel = await seatsOf(ctx, one.id);
  if (panel.some((seat) => seat.personId === meOf(ctx))) throw refuse("own");
  if (one.state !== "called" || asked.granted !== null) throw refuse("state");
  await atOnce(ctx, async (db) => {
    const decided = await db
      .update(recusals)
      .set({ granted, reason, decidedBy: meOf(ctx) })
      .where(and(eq(recusals.id, recusalId), isNull(recusals.granted)))
      .returning({ id: recusals.id });
    if (decided.length === 0) throw refuse("state");
    if (!granted) return;
    const at = (personId: Id) => and(eq(seats.hearingId, one.id), eq(seats.personId, personId));
    await db.update(seats).set({ left: true, chair: false }).where(at(asked.personId));
    const next = panel.find((seat) => !seat.left && seat.personId !== asked.personId);
    const led = panel.find((seat) => seat.chair)?.personId === asked.personId;
    if (led && next) await db.update(seats).set({ chair: true }).where(at(next.personId));
  });
}
