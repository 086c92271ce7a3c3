import { DoorstepError, dayOf, type Id } from "@doorstep/sdk";
import { and, asc, eq, gt, lt, sql } from "drizzle-orm";
import { MEETING_MINUTES, type MeetingKind } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { begunMeetings, mediations, meetings } from "../schema.ts";
import { atOnce, hasLeft, type JobCtx, led, type MediationCtx } from "./mediation-ctx.ts";

interface Meeting {
  readonly meetingId: Id;
  readonly kind: MeetingKind;
  /** Instant. */
  readonly startsAt: string;
  readonly place: string;
}

const columns = { meetingId: meetings.id, kind: meetings.kind, startsAt: meetings.startsAt, place: meetings.place };

/**
 * The mediator sets when and where; his own time is booked. The same id is set once. It is written down before and after the
 * booking: whatever breaks in between, `finishMeetings` brings it to its end.
 *
 * @throws refusal `notFound`, `state`, `startsAt`, `taken`
 */
export async function meet(ctx: MediationCtx, mediationId: Id, meeting: Meeting): Promise<void> {
  const one = await led(ctx, mediationId);
  if (one.state !== "running" || hasLeft(one)) throw refuse("state");
  const { meetingId: id, kind, startsAt, place } = meeting;
  const on = dayOf(startsAt, ctx.unit.timeZone);
  if (startsAt <= ctx.now || one.untilOn === null || on > one.untilOn) throw refuse("startsAt");
  const begun = { id, mediationId: one.id, unitId: ctx.unit.id, kind, startsAt, place, begunAt: ctx.now };
  await ctx.db.insert(begunMeetings).values(begun).onConflictDoNothing();
  try {
    await bookedAndWritten(ctx, begun, one.mediatorId);
  } catch (error) {
    if (error instanceof DoorstepError) await forgetBegun(ctx.db, id);
    throw error;
  }
}

type Begun = typeof begunMeetings.$inferSelect;

const forgetBegun = (db: JobCtx["db"], id: Id) => db.delete(begunMeetings).where(eq(begunMeetings.id, id));

/** The key of the booking is the meeting's own: a second time books nothing and finds the first. */
async function bookedAndWritten(ctx: JobCtx, begun: Begun, mediatorId: Id): Promise<void> {
  const { id, mediationId, kind, startsAt, place } = begun;
  const endsAt = new Date(Date.parse(startsAt) + MEETING_MINUTES * 60_000).toISOString();
  const instant = new Date(startsAt).toISOString();
  const appointmentId = await booked(ctx, { place, people: [mediatorId], startsAt: instant, endsAt, key: id });
  await atOnce(ctx, async (db) => {
    await db.insert(meetings).values({ id, mediationId, kind, startsAt, place, appointmentId }).onConflictDoNothing();
    await forgetBegun(db, id);
  });
}

const BROKEN_OFF_MS = 10 * 60_000;

/** What was broken off between the booking and the meeting is set to its end, where it can still take place. */
export async function finishMeetings(ctx: JobCtx): Promise<void> {
  const left = new Date(Date.parse(ctx.now) - BROKEN_OFF_MS).toISOString();
  const rows = await ctx.db
    .select({ begun: begunMeetings, of: mediations })
    .from(begunMeetings)
    .innerJoin(mediations, eq(mediations.id, begunMeetings.mediationId))
    .where(and(eq(begunMeetings.unitId, ctx.unit.id), lt(begunMeetings.begunAt, left)));
  for (const { begun, of } of rows) {
    const isOn = of.state === "running" && !hasLeft(of) && Date.parse(begun.startsAt) > Date.parse(ctx.now);
    try {
      if (isOn) await bookedAndWritten(ctx, begun, of.mediatorId);
    } catch (error) {
      // somebody else has the hour: it was never booked for this one
      if (!(error instanceof DoorstepError)) throw error;
    }
    await forgetBegun(ctx.db, begun.id);
  }
}

async function booked(ctx: JobCtx, time: Parameters<JobCtx["appointments"]["book"]>[0]): Promise<Id> {
  try {
    return await ctx.appointments.book(time);
  } catch (error) {
    const codes = error instanceof DoorstepError ? [error.code, ...error.reasons.map((one) => one.code)] : [];
    if (codes.includes("appointment.taken")) throw refuse("taken");
    if (codes.includes("appointment.time")) throw refuse("startsAt");
    throw error;
  }
}

/** It does not take place: both sides read so. @throws refusal `notFound`, `state` */
export async function callOff(ctx: MediationCtx, meetingId: Id): Promise<void> {
  const [found] = await ctx.db.select().from(meetings).where(eq(meetings.id, meetingId));
  if (!found) throw refuse("notFound");
  await led(ctx, found.mediationId);
  const moved = await ctx.db
    .update(meetings)
    .set({ cancelled: true, told: false })
    .where(and(eq(meetings.id, meetingId), eq(meetings.cancelled, false), gt(meetings.startsAt, ctx.now)))
    .returning({ id: meetings.id });
  if (moved.length === 0) throw refuse("state");
  await ctx.appointments.cancel(found.appointmentId);
}

/** What both sides read of the meetings that stand, the first of them first. */
export const announced = (ctx: MediationCtx, mediationId: Id) =>
  ctx.db
    .select(columns)
    .from(meetings)
    .where(and(eq(meetings.mediationId, mediationId), eq(meetings.cancelled, false)))
    .orderBy(asc(meetings.startsAt), asc(meetings.id));

/** The petitioner reads of it among the messages of his matter; the other side looks by his code. */
export async function tellMeetings(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ ...columns, cancelled: meetings.cancelled, caseId: mediations.caseId })
    .from(meetings)
    .innerJoin(mediations, eq(mediations.id, meetings.mediationId))
    .where(and(eq(meetings.told, false), sql`${mediations.path}[1] = ${ctx.unit.id}`))
    .orderBy(asc(meetings.startsAt));
  for (const { meetingId, startsAt, place, cancelled, caseId } of rows) {
    const at = new Intl.DateTimeFormat("sv-SE", {
      dateStyle: "short",
      timeStyle: "short",
      timeZone: ctx.unit.timeZone,
    });
    const when = at.format(new Date(startsAt));
    const text = cancelled
      ? `原定${when}的调解见面取消。The meeting of the mediation on ${when} does not take place.`
      : `调解见面：${when}，地点：${place}。来不来由您，有困难请留言。Meeting of the mediation: ${when}, ${place}. Coming is up to you; write here if it does not suit you.`;
    try {
      await ctx.thread.write(caseId, { text, to: "petitioner" });
    } catch (error) {
      // What has become an accusation since is forgotten by another job.
      if (!(error instanceof DoorstepError)) throw error;
    }
    await ctx.db
      .update(meetings)
      .set({ told: true })
      .where(and(eq(meetings.id, meetingId), eq(meetings.cancelled, cancelled)));
  }
}
