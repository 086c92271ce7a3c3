import { addDays, DoorstepError, dayOf, type Id } from "@doorstep/sdk";
import { and, eq, isNull } from "drizzle-orm";
import type { JobCtx } from "../barometer-ctx.ts";
import { type Dataset, released, stampOf } from "../figures/released.ts";
import { seasonsOf } from "../rules/seasons.ts";
import { type Found, type History, warningsIn } from "../rules/warnings-in.ts";
import { lookedThrough, warnings } from "../schema.ts";

/** Time to find out why, and to answer. */
const DAYS = 14;
const TASK =
  "晴雨表有预警，请查明原因并在“诉求晴雨表”里答复 An early warning: find out why, and answer it at the Barometer";

/** Of the unit above with all below it; nothing where there is none. */
async function releasedAbove(ctx: JobCtx, dataset: Dataset, aboveId: Id | undefined): Promise<History["registration"]> {
  return aboveId ? (await released(ctx, dataset, { unitId: aboveId })).filter((one) => !one.own) : [];
}

async function historyOf(ctx: JobCtx, aboveId: Id | undefined): Promise<History> {
  return {
    unitId: ctx.unit.id,
    registration: await released(ctx, "registration", { below: true }),
    answer: await released(ctx, "answer"),
    decision: await released(ctx, "decision"),
    together: await released(ctx, "together"),
    cameBack: await released(ctx, "cameBack", { below: true }),
    sentBack: await released(ctx, "sentBack", { below: true }),
    suggestion: await released(ctx, "suggestion"),
    recommendation: await released(ctx, "supervision/recommendations"),
    above: {
      registration: await releasedAbove(ctx, "registration", aboveId),
      suggestion: await releasedAbove(ctx, "suggestion", aboveId),
      recommendation: await releasedAbove(ctx, "supervision/recommendations", aboveId),
    },
    seasonOf: seasonsOf(ctx.settings),
  };
}

/** Keeps what was found: the same again goes on, and what was settled for a month is not asked again for that month. */
async function keep(ctx: JobCtx, path: readonly Id[], found: Found): Promise<void> {
  const { aboutId, rule, subject, month, actual, expected } = found;
  const same = await ctx.db
    .select()
    .from(warnings)
    .where(
      and(
        eq(warnings.unitId, ctx.unit.id),
        eq(warnings.aboutId, aboutId),
        eq(warnings.rule, rule),
        eq(warnings.subject, subject),
      ),
    );
  if (same.some((one) => one.state !== "open" && one.month >= month)) return;
  const open = same.find((one) => one.state === "open");
  if (open) {
    await ctx.db.update(warnings).set({ month, actual, expected }).where(eq(warnings.id, open.id));
    return;
  }
  const today = dayOf(ctx.now, ctx.unit.timeZone);
  await ctx.db
    .insert(warnings)
    .values({
      ...{ id: ctx.newId(), unitId: ctx.unit.id, path: [...path], aboutId, rule, subject },
      ...{ since: month, month, actual, expected },
      ...{ foundAt: ctx.now, dueOn: addDays(today, DAYS), state: "open" },
    })
    .onConflictDoNothing();
}

/** Whoever heads the office gets the question as a task; while there is nobody, it is tried again each day. */
async function giveTasks(ctx: JobCtx): Promise<void> {
  const today = dayOf(ctx.now, ctx.unit.timeZone);
  const waiting = await ctx.db
    .select()
    .from(warnings)
    .where(and(eq(warnings.unitId, ctx.unit.id), eq(warnings.state, "open"), isNull(warnings.taskId)));
  for (const { id, dueOn } of waiting)
    try {
      const day = dueOn < today ? addDays(today, DAYS) : dueOn;
      const taskId = await ctx.tasks.give({ text: TASK, to: { role: "officeHead" }, dueOn: day, key: id });
      await ctx.db.update(warnings).set({ taskId, dueOn: day }).where(eq(warnings.id, id));
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
      ctx.log.warn("an early warning that nobody at the unit can be asked about", { dueOn });
    }
}

const READ: readonly Dataset[] = [
  ...(["registration", "answer", "decision", "together", "cameBack", "sentBack", "suggestion"] as const),
  "supervision/recommendations",
];

async function lookThrough(ctx: JobCtx): Promise<void> {
  const above = (await ctx.units.above(ctx.unit.id)).map((one) => one.id);
  for (const found of warningsIn(await historyOf(ctx, above[0]))) await keep(ctx, [ctx.unit.id, ...above], found);
}

/**
 * Looks through what was released so far for one unit, where something of it is new since the last time: in the same the same is
 * found. The stamp is kept last, so that a round that ends in the midst is done again.
 */
export async function watch(ctx: JobCtx): Promise<void> {
  const stamp = await stampOf(ctx, READ);
  const { unitId } = lookedThrough;
  const [last] = await ctx.db.select().from(lookedThrough).where(eq(unitId, ctx.unit.id));
  if (last?.stamp !== stamp) {
    await lookThrough(ctx);
    await ctx.db
      .insert(lookedThrough)
      .values({ unitId: ctx.unit.id, stamp })
      .onConflictDoUpdate({ target: unitId, set: { stamp } });
  }
  await giveTasks(ctx);
}
