import { addDays, DoorstepError, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { affairs } from "../schema.ts";
import { type Affair, type AffairCtx, codesOf, type JobCtx, pathOf, todayOf } from "./affair-ctx.ts";

/** Read at the desk by whoever may see the petition: the matter itself stands on the tab alone. */
const TASK =
  "问清军地协调的进展，在事项的“军地协调”里告诉来信人 Ask how the liaison stands, and tell the petitioner under Liaison";
const ENDED = "已告诉来信人 The petitioner was told";

type Whom = { readonly personId: Id } | { readonly role: "officer" };

const give = (ctx: JobCtx, one: Affair, to: Whom): Promise<Id> => {
  const today = todayOf(ctx);
  const dueOn = one.nextOn < today ? addDays(today, 1) : one.nextOn;
  return ctx.tasks.give({ caseId: one.caseId, text: TASK, to, dueOn, key: `${one.id}-${one.round}` });
};

/** The next word is for the helper. @throws refusal `helper` for somebody who may not know of the petition */
export async function giveHelper(ctx: AffairCtx, one: Affair): Promise<Id> {
  try {
    return await give(ctx, one, { personId: one.helperId });
  } catch (error) {
    if (codesOf(error).includes("task.personCannot")) throw refuse("helper");
    throw error;
  }
}

/** To the helper, where that is not possible any more to an officer. @returns whether somebody has it now */
export async function giveTask(ctx: JobCtx, one: Affair): Promise<boolean> {
  for (const to of [{ personId: one.helperId }, { role: "officer" }] as const)
    try {
      const taskId = await give(ctx, one, to);
      await ctx.db
        .update(affairs)
        .set({ taskId })
        .where(and(eq(affairs.id, one.id), eq(affairs.round, one.round)));
      return true;
    } catch (error) {
      // Nobody there, or not for the asker to give: the unit's own daily work tries again.
      if (!(error instanceof DoorstepError)) throw error;
    }
  return false;
}

/** Ends what the asker has or gave; what lies with somebody else he ends himself at his desk. */
export async function endTask(ctx: AffairCtx, taskId: Id | null): Promise<void> {
  if (taskId === null) return;
  try {
    await ctx.tasks.end(taskId, { done: true, result: ENDED });
  } catch (error) {
    if (!codesOf(error).some((code) => code === "task.notFound" || code === "task.notYours")) throw error;
  }
}

/** Affairs of the unit about which nobody has a task: it was ended without a word, or the petition came from elsewhere. */
export async function giveTasks(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select()
    .from(affairs)
    .where(and(eq(affairs.state, "open"), isNull(affairs.taskId), sql`${affairs.path}[1] = ${ctx.unit.id}`));
  let missing = 0;
  for (const one of rows) if (!(await giveTask(ctx, one))) missing += 1;
  if (missing > 0) ctx.log.warn("liaison that nobody can go on with", { count: missing });
}

const anew = { taskId: null, round: sql`${affairs.round} + 1` };

/** The task was ended at the desk and the petitioner heard nothing: it comes back. */
export async function comesBack(ctx: JobCtx, event: CaseEvent<"task.ended">): Promise<void> {
  await ctx.db.update(affairs).set(anew).where(eq(affairs.taskId, event.task));
}

/** The petition has gone to another unit, which goes on with it. */
export async function follow(ctx: JobCtx, event: CaseEvent<"case.routed" | "case.returned">): Promise<void> {
  const path = await pathOf(ctx, ctx.unit.id);
  await ctx.db
    .update(affairs)
    .set({ ...anew, path })
    .where(and(eq(affairs.caseId, event.caseId), ne(sql`${affairs.path}[1]`, ctx.unit.id)));
}
