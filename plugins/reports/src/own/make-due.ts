import { addDays, DoorstepError, dayOf } from "@doorstep/sdk";
import { and, eq, isNull, ne } from "drizzle-orm";
import { newestMonth } from "../figures/counted.ts";
import type { JobCtx } from "../reports-ctx.ts";
import { editions, own } from "../schema.ts";
import { type Receiver, receivers } from "./choices.ts";
import { tableOf } from "./table-of.ts";

const DAYS_TO_READ = 7;
const taskText = (title: string): string =>
  `报告“${title}”已经做好，请在“统计报告”里查看 A report is ready: read it at Figures and reports`;

/** The Monday of the week of a local date. */
export function mondayOf(day: string): string {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

/** Whoever is to read them is told that they are there, and nothing that stands in them. While there is nobody, tomorrow again. */
async function tell(ctx: JobCtx, today: string): Promise<void> {
  const untold = await ctx.db
    .select({ id: editions.id, title: editions.title, receiver: own.receiver })
    .from(editions)
    .innerJoin(own, eq(own.id, editions.ownId))
    .where(and(eq(editions.unitId, ctx.unit.id), isNull(editions.taskId)));
  for (const { id, title, receiver } of untold)
    try {
      const role: Receiver = receivers.find((one) => one === receiver) ?? "officeHead";
      const dueOn = addDays(today, DAYS_TO_READ);
      const taskId = await ctx.tasks.give({ text: taskText(title), to: { role }, dueOn, key: id });
      await ctx.db.update(editions).set({ taskId }).where(eq(editions.id, id));
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
      ctx.log.warn("a report that nobody at the unit can be told of", { edition: id });
    }
}

/** Makes what is due of one unit by its schedules: once for each newly released month, or each week. */
export async function makeDue(ctx: JobCtx): Promise<void> {
  const today = dayOf(ctx.now, ctx.unit.timeZone);
  const scheduled = await ctx.db
    .select()
    .from(own)
    .where(and(eq(own.unitId, ctx.unit.id), ne(own.schedule, "none")));
  if (scheduled.length === 0) return;
  const newest = await newestMonth(ctx);
  if (newest === undefined) return;
  for (const { id, title, definition, schedule } of scheduled) {
    const period = schedule === "weekly" ? mondayOf(today) : newest;
    const made = await ctx.db
      .select({ id: editions.id })
      .from(editions)
      .where(and(eq(editions.ownId, id), eq(editions.period, period)));
    if (made.length > 0) continue;
    try {
      const content = await tableOf(ctx, definition);
      await ctx.db
        .insert(editions)
        .values({
          ...{ id: ctx.newId(), ownId: id, unitId: ctx.unit.id, title, period, content },
          ...{ chart: definition.chart, madeAt: ctx.now },
        })
        .onConflictDoNothing();
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
      ctx.log.warn("a report whose figures nobody counts any more", { report: id });
    }
  }
  await tell(ctx, today);
}
