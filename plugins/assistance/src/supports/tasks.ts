import { addDays, DoorstepError, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { supports } from "../schema.ts";
import { type JobCtx, pathOf, type Support, type SupportCtx, todayOf } from "./support-ctx.ts";

/** Read at the desk by whoever may see the petition: the hardship itself stands on the tab alone. */
const TASK = "回访困难帮扶是否管用，在事项的“困难帮扶”里填写 See whether the help still holds; answer under Assistance";
const ENDED = "已回访 Followed up";
const WEEK = 7;

const codesOf = (error: unknown): readonly string[] =>
  error instanceof DoorstepError ? [error.code, ...error.reasons.map((one) => one.code)] : [];

/** To whoever handles the petition, while there is nobody to an officer. @returns whether somebody has it now */
export async function giveTask(ctx: JobCtx, one: Support): Promise<boolean> {
  const today = todayOf(ctx);
  const dueOn = one.followOn < today ? addDays(today, WEEK) : one.followOn;
  const key = `${one.id}-${one.round}`;
  for (const to of ["handler", { role: "officer" }] as const)
    try {
      const taskId = await ctx.tasks.give({ caseId: one.caseId, text: TASK, to, dueOn, key });
      await ctx.db
        .update(supports)
        .set({ taskId })
        .where(and(eq(supports.id, one.id), eq(supports.round, one.round)));
      return true;
    } catch (error) {
      // Nobody there, or not for the asker to give: the unit's own daily work tries again.
      if (!(error instanceof DoorstepError)) throw error;
    }
  return false;
}

/** Ends what the asker has or gave; what lies with somebody else he ends himself at his desk. */
export async function endTask(ctx: SupportCtx, taskId: Id | null): Promise<void> {
  if (taskId === null) return;
  try {
    await ctx.tasks.end(taskId, { done: true, result: ENDED });
  } catch (error) {
    if (!codesOf(error).some((code) => code === "task.notFound" || code === "task.notYours")) throw error;
  }
}

/** Help that is followed up here and about which nobody has a task: it was ended without an answer, or has come from elsewhere. */
export async function giveTasks(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select()
    .from(supports)
    .where(and(eq(supports.state, "open"), isNull(supports.taskId), sql`${supports.followPath}[1] = ${ctx.unit.id}`));
  let missing = 0;
  for (const one of rows) if (!(await giveTask(ctx, one))) missing += 1;
  if (missing > 0) ctx.log.warn("help that nobody can follow up", { count: missing });
}

/** The task was ended at the desk and nobody said whether the help holds: it comes back. */
export async function comesBack(ctx: JobCtx, event: CaseEvent<"task.ended">): Promise<void> {
  await ctx.db
    .update(supports)
    .set({ taskId: null, round: sql`${supports.round} + 1` })
    .where(eq(supports.taskId, event.task));
}

/** The petition has gone to another unit, which follows up what was given. */
export async function follow(ctx: JobCtx, event: CaseEvent<"case.routed" | "case.returned">): Promise<void> {
  const followPath = await pathOf(ctx, ctx.unit.id);
  await ctx.db
    .update(supports)
    .set({ followPath, taskId: null, round: sql`${supports.round} + 1` })
    .where(and(eq(supports.caseId, event.caseId), ne(sql`${supports.followPath}[1]`, ctx.unit.id)));
}
