import type { Id } from "@doorstep/sdk";
import { and, eq, sql } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { circle, samples } from "../schema.ts";
import { meOf, type TalkCtx, todayOf, together } from "../talk-ctx.ts";
import { everyId } from "./everybody.ts";
import { halfOf } from "./next-due.ts";

/** What was drawn in this half-year; `null` where nothing was yet. */
export async function drawnNow(ctx: TalkCtx) {
  const [found] = await ctx.db
    .select({ people: samples.people, drawn: samples.drawn })
    .from(samples)
    .where(
      and(
        eq(samples.unitId, ctx.unit.id),
        eq(samples.talkerId, meOf(ctx)),
        eq(samples.half, halfOf(todayOf(ctx)).from),
      ),
    );
  return found ?? null;
}

/**
 * Draws the half-year's sample: some in a hundred of the unit, chance decides, none whom the asker talks with anyway [SPEC §10].
 * Those of the half-year before leave his list.
 *
 * @throws refusal `drawn`, `nobody`
 */
export async function drawSample(ctx: TalkCtx): Promise<{ readonly people: number; readonly drawn: number }> {
  const me = meOf(ctx);
  const today = todayOf(ctx);
  const { from: half } = halfOf(today);
  if (await drawnNow(ctx)) throw refuse("drawn");
  const all = (await everyId(ctx)).filter((id) => id !== me);
  const own = all.length === 0 ? [] : await keptAmong(ctx, all);
  const others = all.filter((id) => !own.includes(id));
  if (others.length === 0) throw refuse("nobody");
  const count = Math.min(others.length, Math.ceil((all.length * ctx.settings.samplePercent) / 100));
  await together(ctx, async (tx) => {
    const fresh = await tx.db
      .insert(samples)
      .values({ unitId: ctx.unit.id, talkerId: me, half, drawnAt: ctx.now, people: all.length, drawn: count })
      .onConflictDoNothing()
      .returning({ half: samples.half });
    if (fresh.length === 0) throw refuse("drawn");
    await tx.db.delete(circle).where(and(eq(circle.talkerId, me), eq(circle.drawn, true)));
    // by the database, which nobody of the unit can move
    const { rows } = await tx.db.execute<{ id: Id } & Record<string, unknown>>(
      sql`select id from unnest(${sql.param(others)}::uuid[]) as id order by random() limit ${count}`,
    );
    if (rows.length > 0)
      await tx.db
        .insert(circle)
        .values(
          rows.map(({ id }) => ({
            ...{ unitId: ctx.unit.id, talkerId: me, personId: id, pace: "further" as const, drawn: true, since: today },
          })),
        )
        .onConflictDoNothing();
  });
  return { people: all.length, drawn: count };
}

async function keptAmong(ctx: TalkCtx, ids: readonly Id[]): Promise<readonly Id[]> {
  const rows = await ctx.db
    .select({ id: circle.personId })
    .from(circle)
    .where(
      and(
        eq(circle.talkerId, meOf(ctx)),
        sql`${circle.personId} = any (${sql.param([...ids])}::uuid[])`,
        eq(circle.drawn, false),
      ),
    );
  return rows.map((row) => row.id);
}
