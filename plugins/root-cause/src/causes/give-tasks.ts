import { addDays, DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, isNull } from "drizzle-orm";
import { asks, rounds } from "../schema.ts";
import { type Cause, type JobCtx, roundOf, todayOf } from "./cause-ctx.ts";

const FIX = "根源治理：请落实措施，在“根源治理”里报结果 Root causes: carry out the fix and report it there";
const ASK =
  "举一反三：请查本单位有没有同样的问题，在“举一反三”里答复 See whether your unit has the same cause, and answer";
/** Where its day has passed before anybody could be asked. */
const AGAIN_DAYS = 7;

/** The unit has nobody who could do it: it is tried again the next day. */
async function give(ctx: JobCtx, task: Parameters<JobCtx["tasks"]["give"]>[0]): Promise<Id | null> {
  const today = todayOf(ctx);
  try {
    return await ctx.tasks.give({ ...task, dueOn: task.dueOn < today ? addDays(today, AGAIN_DAYS) : task.dueOn });
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
    ctx.log.warn("a root cause for which nobody at the unit can be asked", { dueOn: task.dueOn });
    return null;
  }
}

/** The owner gets the fix as a task; where he has no desk at the unit, an officer there. */
export async function giveFix(ctx: JobCtx, cause: Cause): Promise<void> {
  const round = await roundOf(ctx, cause);
  if (!round || round.taskId !== null || round.doneOn !== null) return;
  const task = { text: FIX, dueOn: round.dueOn, key: `fix-${cause.id}-${round.no}` };
  const own = round.ownerId === null ? null : await give(ctx, { ...task, to: { personId: round.ownerId } });
  const taskId = own ?? (await give(ctx, { ...task, to: { role: "officer" } }));
  if (taskId === null) return;
  await ctx.db
    .update(rounds)
    .set({ taskId })
    .where(and(eq(rounds.causeId, cause.id), eq(rounds.no, round.no)));
}

/** What other units ask of the call's unit becomes somebody's task there, and is told once. */
export async function giveAsked(ctx: JobCtx): Promise<void> {
  const waiting = await ctx.db
    .select()
    .from(asks)
    .where(and(eq(asks.unitId, ctx.unit.id), isNull(asks.answeredAt), isNull(asks.taskId)));
  for (const { id, dueOn } of waiting) {
    const taskId = await give(ctx, { text: ASK, to: { role: "officer" }, dueOn, key: `ask-${id}` });
    if (taskId !== null) await ctx.db.update(asks).set({ taskId }).where(eq(asks.id, id));
    await ctx.notify.tell({ to: ["officeHead"], news: "asked", params: { on: dueOn }, key: `ask-${id}` });
  }
}
