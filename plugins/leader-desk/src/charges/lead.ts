import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, isNull, max } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { charges, milestones, visits } from "../schema.ts";
import { dayAt, type LeadCtx, meOf, ownCharge, todayOf } from "./charge-ctx.ts";
import { startPeriod, stopPeriod } from "./periods.ts";

const MOST_MILESTONES = 20;

interface Plan {
  readonly metOn: string | null;
  readonly notMet: string;
  readonly facts: string;
  readonly law: string;
  readonly options: string;
  readonly helpers: string;
}

/**
 * Writes the plan, or writes it anew: the leader has met whoever wrote, or says why not.
 *
 * @throws refusal `notFound`, `notYours`, `met`, `past`
 */
export async function plan(ctx: LeadCtx, caseId: Id, what: Plan): Promise<void> {
  const charge = await ownCharge(ctx, caseId);
  if (what.metOn === null && what.notMet === "") throw refuse("met");
  if (what.metOn !== null && what.metOn > todayOf(ctx)) throw refuse("past");
  await ctx.db
    .update(charges)
    .set({ ...what, plannedAt: charge.plannedAt ?? ctx.now })
    .where(eq(charges.id, charge.id));
  await stopPeriod(ctx, caseId, "plan");
  // Where the module was off when the petition was taken nothing has begun it.
  await startPeriod(ctx, caseId, "visit");
}

/** One step of the plan with its day. The same id is written once. @throws refusal `notFound`, `notYours`, `plan`, `ahead`, `many` */
export async function addMilestone(
  ctx: LeadCtx,
  caseId: Id,
  given: { readonly milestoneId: Id; readonly what: string; readonly dueOn: string },
): Promise<void> {
  const charge = await ownCharge(ctx, caseId);
  if (charge.plannedAt === null) throw refuse("plan");
  if (given.dueOn < todayOf(ctx)) throw refuse("ahead");
  if ((await ctx.db.$count(milestones, eq(milestones.chargeId, charge.id))) >= MOST_MILESTONES) throw refuse("many");
  const { milestoneId: id, what, dueOn } = given;
  await ctx.db.insert(milestones).values({ id, chargeId: charge.id, what, dueOn }).onConflictDoNothing();
}

/** @throws refusal `notFound`, `notYours`, `done` */
export async function reach(ctx: LeadCtx, caseId: Id, milestoneId: Id, result: string): Promise<void> {
  const charge = await ownCharge(ctx, caseId);
  const reached = await ctx.db
    .update(milestones)
    .set({ doneOn: todayOf(ctx), result })
    .where(and(eq(milestones.id, milestoneId), eq(milestones.chargeId, charge.id), isNull(milestones.doneOn)))
    .returning({ id: milestones.id });
  if (reached.length === 0) throw refuse("done");
}

/** A visit is written down, and the next one counts from it. The same id is written once. @throws refusal `notFound`, `notYours`, `past`, `early` */
export async function visit(
  ctx: LeadCtx,
  caseId: Id,
  given: { readonly visitId: Id; readonly visitedOn: string; readonly met: boolean; readonly words: string },
): Promise<void> {
  const charge = await ownCharge(ctx, caseId);
  if (given.visitedOn > todayOf(ctx)) throw refuse("past");
  if (given.visitedOn < dayAt(ctx, charge.takenAt)) throw refuse("early");
  const { visitId: id, ...what } = given;
  await ctx.db
    .insert(visits)
    .values({ id, chargeId: charge.id, ...what, writtenBy: meOf(ctx), writtenAt: ctx.now })
    .onConflictDoNothing();
  const [last] = await ctx.db
    .select({ on: max(visits.visitedOn) })
    .from(visits)
    .where(eq(visits.chargeId, charge.id));
  await stopPeriod(ctx, caseId, "visit");
  await startPeriod(ctx, caseId, "visit", last?.on ?? given.visitedOn);
}

/**
 * Asks for a report by a day: of whoever handles the petition, while there is nobody of an officer.
 *
 * @throws refusal `notFound`, `notYours`; DoorstepError `act.refused` with `task.personCannot`, `task.past`
 */
export async function askReport(
  ctx: LeadCtx,
  caseId: Id,
  given: { readonly words: string; readonly dueOn: string; readonly key: string },
): Promise<void> {
  await ownCharge(ctx, caseId);
  const task = { caseId, text: given.words, dueOn: given.dueOn, key: given.key };
  try {
    await ctx.tasks.give({ ...task, to: "handler" });
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
    await ctx.tasks.give({ ...task, to: { role: "officer" } });
  }
}
