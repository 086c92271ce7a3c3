import { and, eq, inArray, lt } from "drizzle-orm";
import { isOver, nextDue } from "../circle/next-due.ts";
import { countBefore } from "../figures/counted-months.ts";
import { counts } from "../figures/datasets.ts";
import { circle, promises, talks } from "../schema.ts";
import { type JobCtx, todayOf } from "../talk-ctx.ts";
import { weekOf } from "../weeks.ts";

const open = ["asked", "offered", "fixed"] as const;

function countBy<T>(rows: readonly T[], of: (row: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return counts;
}

/** Tells each talker how many of his people are due, and how many talks are past their day; each week once. */
export async function remind(ctx: JobCtx): Promise<void> {
  const today = todayOf(ctx);
  const kept = await ctx.db.select().from(circle).where(eq(circle.unitId, ctx.unit.id));
  const running = await ctx.db
    .select()
    .from(talks)
    .where(and(eq(talks.unitId, ctx.unit.id), inArray(talks.state, open)));
  const arranged = new Set(running.map((one) => `${one.talkerId} ${one.personId}`));
  const due = kept.filter(
    (row) => !isOver(row) && nextDue(row, ctx.settings) <= today && !arranged.has(`${row.talkerId} ${row.personId}`),
  );
  const late = running.filter((one) => one.dueOn < today);
  for (const [news, counts] of [
    ["due", countBy(due, (row) => row.talkerId)],
    ["late", countBy(late, (one) => one.talkerId)],
  ] as const)
    for (const [talkerId, count] of counts) {
      const key = `${news}-${ctx.unit.code}-${weekOf(today)}`;
      await ctx.notify.tell({ to: { people: [talkerId] }, news, params: { count }, key });
    }
}

/** What was told in a talk is not kept for ever: after some months nothing of it is left but counts by month. */
export async function forget(ctx: JobCtx): Promise<void> {
  const until = new Date(ctx.now);
  until.setUTCMonth(until.getUTCMonth() - ctx.settings.keepMonths);
  const isOld = and(eq(talks.unitId, ctx.unit.id), lt(talks.changedAt, until.toISOString()));
  const past = await ctx.db
    .select({ talkDue: talks.dueOn, promiseDue: promises.dueOn })
    .from(talks)
    .leftJoin(promises, eq(promises.talkId, talks.id))
    .where(isOld);
  if (past.length === 0) return;
  await countBefore(
    ctx,
    counts,
    past.flatMap((one) => (one.promiseDue === null ? [one.talkDue] : [one.talkDue, one.promiseDue])),
  );
  const old = await ctx.db.delete(talks).where(isOld).returning({ id: talks.id });
  await ctx.db.delete(promises).where(
    inArray(
      promises.talkId,
      old.map((one) => one.id),
    ),
  );
}
