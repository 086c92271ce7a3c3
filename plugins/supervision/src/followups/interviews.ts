import type { Id } from "@doorstep/sdk";
import { asc, desc, eq } from "drizzle-orm";
import { dayOfStep, lastStep } from "../matters/last-step.ts";
import { caseOf, matterOf, meOf, todayOf, together, type WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";
import { interviews, promised } from "../schema.ts";
import { codesOf, leaderOf, namesOf } from "./leaders.ts";

interface Promised {
  readonly words: string;
  readonly dueOn: string;
}

interface Held {
  readonly interviewId: Id;
  readonly leaderId: Id;
  readonly secondId: Id;
  readonly heldOn: string;
  readonly points: string;
  readonly promises: readonly Promised[];
}

/** Each promise stands in the leader's list at the desk until its day. @throws refusal `leader` where he may not know of it */
async function remind(
  ctx: WatchCtx,
  caseId: Id | null,
  { interviewId, leaderId: personId, promises }: Held,
): Promise<Id[]> {
  const given: Id[] = [];
  for (const [no, { words: text, dueOn }] of promises.entries())
    try {
      given.push(await ctx.tasks.give({ caseId, text, to: { personId }, dueOn, key: `${interviewId}-${no}` }));
    } catch (error) {
      if (codesOf(error).includes("task.personCannot")) throw refuse("leader");
      throw error;
    }
  return given;
}

/**
 * Writes down how an interview went that the unit was called to. The same id is written once.
 *
 * @throws refusal `state`, `leader`, `second`, `heldOn`, `promised`
 */
export async function interview(ctx: WatchCtx, matterId: Id, held: Held): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  const { interviewId: id, leaderId, secondId, heldOn, points, promises } = held;
  const [before] = await ctx.db.select().from(interviews).where(eq(interviews.id, id));
  if (before?.matterId === matterId) return;
  const step = await lastStep(ctx, matterId);
  if (step?.rung !== "interview" || before) throw refuse("state");
  const [written] = await ctx.db.select().from(interviews).where(eq(interviews.stepId, step.id));
  if (written) throw refuse("state");
  const me = meOf(ctx);
  const today = todayOf(ctx);
  await leaderOf(ctx, leaderId);
  if (secondId === me || secondId === leaderId || leaderId === me) throw refuse("second");
  if (!(await namesOf(ctx, [secondId])).has(secondId)) throw refuse("second");
  if (heldOn > today || heldOn < dayOfStep(ctx, step)) throw refuse("heldOn");
  if (promises.some((one) => one.dueOn < today)) throw refuse("promised");
  const tasks = await remind(ctx, caseOf(matter), held);
  await together(ctx, async (tx) => {
    const of = { id, matterId, stepId: step.id, leaderId, heldBy: me, secondBy: secondId, heldOn, points };
    await tx.db.insert(interviews).values({ ...of, writtenAt: ctx.now });
    if (promises.length > 0)
      await tx.db
        .insert(promised)
        .values(promises.map((one, no) => ({ interviewId: id, no, ...one, taskId: tasks[no] ?? id })));
  });
}

/** Those of a matter, newest first, for the two sides of it. */
export async function interviewsOf(ctx: WatchCtx, matterId: Id) {
  const rows = await ctx.db
    .select()
    .from(interviews)
    .where(eq(interviews.matterId, matterId))
    .orderBy(desc(interviews.heldOn), desc(interviews.writtenAt));
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => [row.leaderId, row.heldBy, row.secondBy]),
  );
  return await Promise.all(
    rows.map(async ({ id, stepId, leaderId, heldBy, secondBy, heldOn, points }) => ({
      ...{ interviewId: id, stepId, heldOn, points, leader: names.get(leaderId) ?? null },
      by: [heldBy, secondBy].flatMap((person) => names.get(person) ?? []),
      promises: await ctx.db
        .select({ words: promised.words, dueOn: promised.dueOn })
        .from(promised)
        .where(eq(promised.interviewId, id))
        .orderBy(asc(promised.no)),
    })),
  );
}
