import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, inArray } from "drizzle-orm";
import type { LookCtx } from "../barometer-ctx.ts";
import { refuse } from "../refusals.ts";
import { warnings } from "../schema.ts";

const ENDED = "已答复预警 Answered";

/** Ends the task where the asker has it; with somebody else it ends at his own desk. */
async function endTask(ctx: LookCtx, taskId: Id | null): Promise<void> {
  if (taskId === null) return;
  try {
    await ctx.tasks.end(taskId, { done: true, result: ENDED });
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
  }
}

/** Whether the caller is asked about a warning of a unit below: nobody at that unit heads an office. */
async function isAskedBelow(ctx: LookCtx, warningId: Id): Promise<boolean> {
  const below = inArray(warnings.unitId, await ctx.units.within(ctx.unit.id));
  const [row] = await ctx.db
    .select({ taskId: warnings.taskId })
    .from(warnings)
    .where(and(eq(warnings.id, warningId), below));
  if (!row || row.taskId === null) return false;
  return (await ctx.tasks.list()).some((task) => task.mine && task.taskId === row.taskId);
}

/**
 * Says what was behind a warning of the call's unit, or that nothing was; of a unit below it, whoever is asked. Rules and
 * thresholds stay as they are either way.
 *
 * @throws refusal `notFound`, `state`
 */
export async function close(
  ctx: LookCtx,
  warningId: Id,
  { state, words }: { readonly state: "answered" | "falseAlarm"; readonly words: string },
): Promise<void> {
  const known = eq(warnings.id, warningId);
  const here = (await isAskedBelow(ctx, warningId)) ? known : and(known, eq(warnings.unitId, ctx.unit.id));
  const [closed] = await ctx.db
    .update(warnings)
    .set({ state, words, closedBy: ctx.user?.id ?? null, closedAt: ctx.now })
    .where(and(here, eq(warnings.state, "open")))
    .returning({ taskId: warnings.taskId });
  if (closed) return await endTask(ctx, closed.taskId);
  throw refuse((await ctx.db.select().from(warnings).where(here)).length > 0 ? "state" : "notFound");
}
