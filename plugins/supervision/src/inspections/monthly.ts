import { addDays, DoorstepError, dayOf, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { type JobCtx, todayOf, together } from "../matters/matter-ctx.ts";
import { pathOf } from "../matters/raise.ts";
import { concluded, inspections } from "../schema.ts";
import { drawSample } from "./draw.ts";

/** Time to look at the sample of a month. */
const DAYS = 20;
const TASK =
  "本月抽查已抽样，请在“督查督办—督查检查”里逐件核对 The sample of the month was drawn: check it at Supervision, inspections";

const monthOf = (day: string): string => day.slice(0, 7);
const monthBefore = (today: string): string => monthOf(addDays(`${monthOf(today)}-01`, -1));

/** What a unit has concluded is kept until the sample of the month was drawn from it. */
export async function heardConcluded(ctx: JobCtx, { caseId, at }: CaseEvent<"case.final">): Promise<void> {
  const [above] = await ctx.units.above(ctx.unit.id);
  const aboveId = above?.id ?? ctx.unit.id;
  const row = { unitId: ctx.unit.id, aboveId, concludedOn: dayOf(at, ctx.unit.timeZone) };
  await ctx.db
    .insert(concluded)
    .values({ caseId, ...row })
    .onConflictDoUpdate({ target: concluded.caseId, set: row });
}

/** It goes on: it is concluded again some day. */
export async function heardReopened(
  ctx: JobCtx,
  { caseId }: Pick<CaseEvent<"case.reopened">, "caseId">,
): Promise<void> {
  await ctx.db.delete(concluded).where(eq(concluded.caseId, caseId));
}

/** Of one unit and month, once whatever happens: a second process finds it kept. */
async function drawOf(
  ctx: JobCtx,
  month: string,
  { aboutUnit, caseIds }: { aboutUnit: Id; caseIds: Id[] },
): Promise<void> {
  const pool = [...(await ctx.events.heard(caseIds))].toSorted();
  if (pool.length === 0) return;
  const id = ctx.newId();
  const size = Math.max(1, Math.ceil((pool.length * ctx.settings.samplePercent) / 100));
  const path = await pathOf(ctx, ctx.unit.id);
  const about = { unitId: ctx.unit.id, path, aboutUnit, title: month, month, pool };
  await together(ctx, async (tx) => {
    const [made] = await tx.db
      .insert(inspections)
      .values({ id, ...about, openedBy: id, openedAt: ctx.now })
      .onConflictDoNothing()
      .returning({ id: inspections.id });
    if (made) await drawSample(tx, id, size);
  });
}

/** Whoever supervises gets the sample as a task; while there is nobody, it is tried again each day. */
async function giveTasks(ctx: JobCtx): Promise<void> {
  const waiting = await ctx.db
    .select({ id: inspections.id })
    .from(inspections)
    .where(
      and(
        eq(inspections.unitId, ctx.unit.id),
        isNotNull(inspections.month),
        isNull(inspections.taskId),
        isNull(inspections.closedAt),
      ),
    );
  for (const { id } of waiting)
    try {
      const dueOn = addDays(todayOf(ctx), DAYS);
      const taskId = await ctx.tasks.give({ text: TASK, to: { role: "supervisor" }, dueOn, key: id });
      await ctx.db.update(inspections).set({ taskId }).where(eq(inspections.id, id));
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
      ctx.log.warn("a monthly sample that nobody at the unit can be asked to check");
    }
}

/** The units right below today, wherever they stood when they concluded something; of the topmost unit its own work as well. */
async function inspectedFrom(ctx: JobCtx): Promise<readonly Id[]> {
  const below = (await ctx.units.children(ctx.unit.id)).map((one) => one.id);
  const isTopmost = (await ctx.units.above(ctx.unit.id)).length === 0;
  return isTopmost ? [...below, ctx.unit.id] : below;
}

/**
 * Draws the sample of what each unit right below, and at the top the unit itself, has concluded in the month before [SPEC 13]: a share of them, and one at least. It
 * is there on the first day of the month. What was concluded earlier is not asked for any more, and is forgotten.
 */
export async function drawMonthly(ctx: JobCtx): Promise<void> {
  const today = todayOf(ctx);
  const month = monthBefore(today);
  const units = await inspectedFrom(ctx);
  if (units.length > 0) await drawFrom(ctx, units, month);
  await giveTasks(ctx);
}

async function drawFrom(ctx: JobCtx, units: readonly Id[], month: string): Promise<void> {
  const { rows } = await ctx.db.execute<{ unit_id: Id; case_ids: Id[] }>(
    sql`select unit_id, array_agg(case_id) as case_ids from ${concluded} c
         where ${inArray(sql`c.unit_id`, units)} and to_char(concluded_on, 'YYYY-MM') = ${month}
           and not exists (select from ${inspections} i where i.about_unit = c.unit_id and i.month = ${month})
         group by unit_id`,
  );
  for (const { unit_id: aboutUnit, case_ids: caseIds } of rows) await drawOf(ctx, month, { aboutUnit, caseIds });
  await ctx.db.delete(concluded).where(and(inArray(concluded.unitId, units), lt(concluded.concludedOn, `${month}-01`)));
}

/** The task is done with what it asked for. */
export async function endTask(ctx: JobCtx, taskId: Id | null): Promise<void> {
  if (taskId === null) return;
  try {
    await ctx.tasks.end(taskId, { done: true, result: "已核对 Checked" });
  } catch (error) {
    // somebody else has checked the sample: whoever has the task ends it himself
    if (!(error instanceof DoorstepError)) throw error;
  }
}
