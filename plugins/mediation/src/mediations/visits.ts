import { addDays, DoorstepError, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { beforeTheVisit, refuse } from "../refusals.ts";
import { mediations, needlessTasks, visits } from "../schema.ts";
import { atOnce, conducted, type JobCtx, MEDIATION, type MediationCtx, meOf, move, todayOf } from "./mediation-ctx.ts";

/** Read at the desk by whoever may see the petition: what was agreed on stands on the tab alone. */
const TASK =
  "调解回访：看协议是否履行，在事项的“矛盾调解”里填写 See whether the mediation's agreement is kept; answer under Mediation";
const ENDED = "已回访 Visited";
const NEEDLESS = "不必再回访 No visit is needed any more";
const WEEK = 7;

type Visit = typeof visits.$inferSelect;

async function giveTask(ctx: JobCtx, visit: Visit, caseId: Id): Promise<boolean> {
  const today = todayOf(ctx);
  const dueOn = visit.dueOn < today ? addDays(today, WEEK) : visit.dueOn;
  const key = `${visit.id}-${visit.round}`;
  for (const to of ["handler", { role: "officer" }] as const)
    try {
      const taskId = await ctx.tasks.give({ caseId, text: TASK, to, dueOn, key });
      await ctx.db
        .update(visits)
        .set({ taskId })
        .where(and(eq(visits.id, visit.id), eq(visits.round, visit.round)));
      return true;
    } catch (error) {
      // Nobody there: the next one in line, and after that the next day.
      if (!(error instanceof DoorstepError)) throw error;
    }
  return false;
}

/** Visits of agreements here that nobody has as a task yet. */
export async function giveVisits(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ visit: visits, caseId: mediations.caseId })
    .from(visits)
    .innerJoin(mediations, eq(mediations.id, visits.mediationId))
    .where(
      and(
        eq(mediations.state, "settled"),
        isNull(visits.taskId),
        isNull(visits.kept),
        sql`${mediations.path}[1] = ${ctx.unit.id}`,
      ),
    );
  let missing = 0;
  for (const { visit, caseId } of rows) if (!(await giveTask(ctx, visit, caseId))) missing += 1;
  if (missing > 0) ctx.log.warn("visits that nobody can make", { count: missing });
}

/** Nobody has to make this visit any more. */
export async function takeBack(ctx: JobCtx, taskId: Id | null): Promise<void> {
  if (taskId === null) return;
  try {
    await ctx.tasks.end(taskId, { done: false, result: NEEDLESS });
  } catch (error) {
    // It was ended already.
    if (!(error instanceof DoorstepError)) throw error;
  }
}

/** Tasks of visits that were answered, or fell with a broken agreement, are taken back from whoever else has them. */
export async function takeBackNeedless(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ taskId: needlessTasks.taskId })
    .from(needlessTasks)
    .innerJoin(mediations, eq(mediations.id, needlessTasks.mediationId))
    .where(sql`${mediations.path}[1] = ${ctx.unit.id}`);
  for (const { taskId } of rows) {
    await takeBack(ctx, taskId);
    await ctx.db.delete(needlessTasks).where(eq(needlessTasks.taskId, taskId));
  }
}

/** The task was ended at the desk and nobody said whether the agreement is kept: it comes back. */
export async function comesBack(ctx: JobCtx, event: CaseEvent<"task.ended">): Promise<void> {
  await ctx.db
    .update(visits)
    .set({ taskId: null, round: sql`${visits.round} + 1` })
    .where(and(eq(visits.taskId, event.task), isNull(visits.kept)));
}

/** At once for whoever has it himself; from somebody else the daily work takes it back. */
async function endTask(ctx: MediationCtx, taskId: Id, done: boolean): Promise<void> {
  try {
    await ctx.tasks.end(taskId, { done, result: done ? ENDED : NEEDLESS });
  } catch (error) {
    const codes = error instanceof DoorstepError ? [error.code, ...error.reasons.map((one) => one.code)] : [];
    if (!codes.some((code) => code === "task.notFound" || code === "task.notYours")) throw error;
  }
}

const NOT_KEPT = "调解协议没有履行。The mediation's agreement was not kept.";
const REOPEN =
  "调解协议没有履行，建议重新办理；原因见“矛盾调解”。The mediation's agreement was not kept: take it up again; why stands under Mediation.";

/** Done where the kernel lets it be done now. */
async function unlessRefused(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DoorstepError && error.code === "act.refused")) throw error;
  }
}

/**
 * Where the agreement was not entered at the desk yet, the kernel's mark still stands, and would hold the next one back. A petition
 * that has ended is taken up again by whoever may; one that still runs is in somebody's hands already.
 */
async function afterBreach(ctx: MediationCtx, caseId: Id): Promise<void> {
  if (await ctx.procedures.runs(caseId, MEDIATION))
    await unlessRefused(ctx.procedures.close(caseId, MEDIATION, { because: "otherWay", note: NOT_KEPT }));
  await unlessRefused(ctx.cases.propose(caseId, "reopen", REOPEN));
}

/**
 * Says whether the agreement is kept: that it is from the visit's day on, that it is not at any time, for a breach that is
 * known waits for no visit [SPEC §9, step 11]. Where it is not, mediation can be offered anew, no further visit is due, nobody
 * keeps the task of one, and that a petition which has ended is taken up again is suggested at the desk.
 *
 * @throws refusal `notFound`, `state`, `visitDay`
 */
export async function visited(ctx: MediationCtx, visitId: Id, kept: boolean, words: string): Promise<void> {
  const [visit] = await ctx.db.select().from(visits).where(eq(visits.id, visitId));
  if (!visit) throw refuse("notFound");
  const one = await conducted(ctx, visit.mediationId);
  if (one.state !== "settled" || visit.kept !== null) throw refuse("state");
  if (kept && visit.dueOn > todayOf(ctx)) throw beforeTheVisit(visit.dueOn);
  const open = (
    await ctx.db
      .select()
      .from(visits)
      .where(and(eq(visits.mediationId, one.id), isNull(visits.kept)))
      .orderBy(asc(visits.dueOn))
  ).filter((each) => each.id !== visitId);
  const state = kept ? (open.length === 0 ? "kept" : "settled") : "broken";
  const over = (kept ? [visit] : [visit, ...open]).flatMap(({ id, taskId }) => (taskId ? [{ id, taskId }] : []));
  await atOnce(ctx, async (db) => {
    await move(db, one, { state });
    for (const { taskId } of over)
      await db.insert(needlessTasks).values({ taskId, mediationId: one.id }).onConflictDoNothing();
    await db
      .update(visits)
      .set({ kept, words, answeredBy: meOf(ctx), answeredAt: ctx.now })
      .where(and(eq(visits.id, visitId), isNull(visits.kept)));
    if (!kept) await db.delete(visits).where(and(eq(visits.mediationId, one.id), isNull(visits.kept)));
  });
  if (!kept) await afterBreach(ctx, one.caseId);
  for (const { id, taskId } of over) await endTask(ctx, taskId, id === visitId);
}
