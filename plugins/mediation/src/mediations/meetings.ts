import { DoorstepError, dayOf, type Id } from "@doorstep/sdk";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import { MEETING_MINUTES, type MeetingKind } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { mediations, meetings } from "../schema.ts";
import { hasLeft, type JobCtx, led, type MediationCtx } from "./mediation-ctx.ts";

interface Meeting {
  readonly meetingId: Id;
  readonly kind: MeetingKind;
  /** Instant. */
  readonly startsAt: string;
  readonly place: string;
}

const columns = { meetingId: meetings.id, kind: meetings.kind, startsAt: meetings.startsAt, place: meetings.place };

/** The mediator sets when and where; his own time is booked. The same id is set once. @throws refusal `notFound`, `state`, `startsAt`, `taken` */
export async function meet(ctx: MediationCtx, mediationId: Id, meeting: Meeting): Promise<void> {
  const one = await led(ctx, mediationId);
  if (one.state !== "running" || hasLeft(one)) throw refuse("state");
  const { meetingId, kind, startsAt, place } = meeting;
  const on = dayOf(startsAt, ctx.unit.timeZone);
  if (startsAt <= ctx.now || one.untilOn === null || on > one.untilOn) throw refuse("startsAt");
  const endsAt = new Date(Date.parse(startsAt) + MEETING_MINUTES * 60_000).toISOString();
  const appointmentId = await booked(ctx, { place, people: [one.mediatorId], startsAt, endsAt, key: meetingId });
  await ctx.db
    .insert(meetings)
    .values({ id: meetingId, mediationId: one.id, kind, startsAt, place, appointmentId })
    .onConflictDoNothing();
}

async function booked(ctx: MediationCtx, time: Parameters<MediationCtx["appointments"]["book"]>[0]): Promise<Id> {
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
