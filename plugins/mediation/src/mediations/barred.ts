import { DoorstepError, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { otherWays } from "../letter.ts";
import { applications, mediations, meetings, visits } from "../schema.ts";
import { ENDED } from "./conduct.ts";
import { dropConsent } from "./consent.ts";
import { type JobCtx, type Mediation, move, todayOf } from "./mediation-ctx.ts";
import { takeBack } from "./visits.ts";

/** Both sides read it: nothing here says what has come out, or by whom. */
const REMEDIES = `${otherWays["zh-CN"]}${otherWays.en}`;
/** Read by the petitioner alone. */
const ANSWER =
  "这件事不作调解，由单位直接办理，期限不变。Your matter is never mediated: the unit handles it itself, within the same periods.";

async function newestAt(ctx: JobCtx, caseId: Id): Promise<Mediation | undefined> {
  const [found] = await ctx.db
    .select()
    .from(mediations)
    .where(eq(mediations.caseId, caseId))
    .orderBy(desc(mediations.offeredAt), desc(mediations.id))
    .limit(1);
  return found;
}

/** Nobody is brought together any more: what is to come is called off, and the petitioner is told. */
async function callOffAll(ctx: JobCtx, mediationId: Id): Promise<void> {
  const coming = and(
    eq(meetings.mediationId, mediationId),
    eq(meetings.cancelled, false),
    gt(meetings.startsAt, ctx.now),
  );
  for (const one of await ctx.db.select().from(meetings).where(coming)) {
    try {
      await ctx.appointments.cancel(one.appointmentId);
    } catch (error) {
      // It is cancelled already.
      if (!(error instanceof DoorstepError)) throw error;
    }
    await ctx.db.update(meetings).set({ cancelled: true, told: false }).where(eq(meetings.id, one.id));
  }
}

/** An agreement that was not answered to the petitioner yet falls with it: nobody has to see any more whether it is kept. */
async function dropVisits(ctx: JobCtx, mediationId: Id): Promise<void> {
  const open = and(eq(visits.mediationId, mediationId), isNull(visits.kept));
  for (const one of await ctx.db.select({ taskId: visits.taskId }).from(visits).where(open))
    await takeBack(ctx, one.taskId);
  // last: what fails above finds the tasks by these when it is told again
  await ctx.db.delete(visits).where(open);
}

/** Whoever handles it looks at the tab; the mediator reads that it is over, and not why. */
async function tell(ctx: JobCtx, one: Mediation): Promise<void> {
  try {
    await ctx.notify.tell({ caseId: one.caseId, to: "handler", news: "barred", key: `barred-${one.id}` });
  } catch (error) {
    // Nobody handles it yet.
    if (!(error instanceof DoorstepError)) throw error;
  }
  if (one.state !== "offered")
    await ctx.notify.tell({ to: { people: [one.mediatorId] }, news: "over", key: `over-${one.id}` });
}

/**
 * Violence or harassment has come out: what is offered or runs ends with the other remedies (D19), and what the petitioner
 * has asked for is answered. The kernel holds every later one back.
 */
export async function barred(ctx: JobCtx, event: CaseEvent<"case.topicMarked">): Promise<void> {
  const { caseId } = event;
  await ctx.db
    .update(applications)
    .set({ state: "declined", answer: ANSWER, told: true })
    .where(and(eq(applications.caseId, caseId), eq(applications.state, "open")));
  const one = await newestAt(ctx, caseId);
  const isOpen = one?.state === "offered" || one?.state === "running";
  if (!(one && (isOpen || (one.state === "settled" && event.stopped !== null)))) return;
  const endedOn = todayOf(ctx);
  await dropConsent(ctx, caseId);
  await callOffAll(ctx, one.id);
  await dropVisits(ctx, one.id);
  if (one.state !== "offered")
    await ctx.notices.draft(caseId, ENDED, {
      ...{ dispute: one.dispute, because: "otherWay", remedies: REMEDIES, endedOn, barred: true },
    });
  await tell(ctx, one);
  // last: told again after a failure, it finds the mediation open and does what is missing
  await move(ctx.db, one, { state: "ended", endedBecause: "otherWay", endedOn, remedies: REMEDIES });
}
