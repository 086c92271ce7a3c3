import { addDays, DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, isNull } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { promises, talks } from "../schema.ts";
import { type JobCtx, type Side, type TalkCtx, talkOf, todayOf } from "../talk-ctx.ts";
import { later } from "../weeks.ts";
import { tell } from "./arrange.ts";

type PromiseRow = typeof promises.$inferSelect;

async function promiseOf(ctx: TalkCtx, promiseId: Id, as: Side) {
  const [promise] = await ctx.db.select().from(promises).where(eq(promises.id, promiseId));
  if (!promise) throw refuse("notFound");
  const talk = await talkOf(ctx, promise.talkId, as);
  if (talk.state !== "settled") throw refuse("state");
  return { promise, talk };
}

async function move(ctx: TalkCtx, promise: PromiseRow, to: Partial<PromiseRow>): Promise<void> {
  const moved = await ctx.db
    .update(promises)
    .set(to)
    .where(and(eq(promises.id, promise.id), eq(promises.state, promise.state), eq(promises.returned, promise.returned)))
    .returning({ id: promises.id });
  if (moved.length === 0) throw refuse("state");
}

/** Somebody may have ended it at his desk before. */
async function endTask(ctx: TalkCtx, taskId: Id): Promise<void> {
  try {
    await ctx.tasks.end(taskId, { done: true, result: "已办 Done" });
  } catch (error) {
    if (!(error instanceof DoorstepError) || error.code !== "task.notFound") throw error;
  }
}

/** The talker says that he has kept it. */
export async function promiseDone(ctx: TalkCtx, promiseId: Id): Promise<void> {
  const { promise, talk } = await promiseOf(ctx, promiseId, "talker");
  if (promise.state !== "open") throw refuse("state");
  await move(ctx, promise, { state: "done" });
  if (promise.taskId !== null) await endTask(ctx, promise.taskId);
  await tell(ctx, talk.personId, "done", `${promiseId}-${promise.returned}`);
}

/** Whoever it was promised to says whether it is so; if not, it is open again. */
export async function confirm(ctx: TalkCtx, promiseId: Id, kept: boolean): Promise<void> {
  const { promise, talk } = await promiseOf(ctx, promiseId, "person");
  if (promise.state !== "done") throw refuse("state");
  if (kept) return await move(ctx, promise, { state: "kept" });
  await move(ctx, promise, { state: "open", taskId: null, returned: promise.returned + 1 });
  await tell(ctx, talk.talkerId, "notKept", `${promiseId}-${promise.returned}`);
}

/** Read at the desk by whoever has it, and by those who hand tasks on: nothing of the talk stands in it. */
const TASK = "兑现谈心时答应的事，内容见“谈心” Keep what was promised in a talk; see Talks";

/** Each promise that both have agreed on becomes a task of the talker. */
export async function giveTasks(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ promise: promises, talkerId: talks.talkerId })
    .from(promises)
    .innerJoin(talks, eq(talks.id, promises.talkId))
    .where(
      and(
        eq(talks.unitId, ctx.unit.id),
        eq(talks.state, "settled"),
        eq(promises.state, "open"),
        isNull(promises.taskId),
      ),
    );
  const today = todayOf(ctx);
  let given = 0;
  for (const { promise, talkerId } of rows) {
    const soon = promise.returned > 0 ? addDays(today, ctx.settings.eventDays) : today;
    const dueOn = later(promise.dueOn, soon);
    const key = `promise-${promise.id}-${promise.returned}`;
    try {
      const taskId = await ctx.tasks.give({ text: TASK, to: { personId: talkerId }, dueOn, key });
      await ctx.db.update(promises).set({ taskId }).where(eq(promises.id, promise.id));
      given += 1;
    } catch (error) {
      // Whoever promised it has left the work: the two see it on their pages all the same.
      if (!(error instanceof DoorstepError)) throw error;
    }
  }
  if (given < rows.length) ctx.log.warn("promises of talks whose talker has no desk", { count: rows.length - given });
}
