import { addDays, DoorstepError, dayOf, type Id } from "@doorstep/sdk";
import { and, eq, isNotNull } from "drizzle-orm";
import { answerWishes } from "../bookings/wishes.ts";
import { meOf, type ReceptionCtx, type Session, sessionOf, todayOf } from "../reception-ctx.ts";
import { refuse } from "../refusals.ts";
import { bookings, type kinds, sessions } from "../schema.ts";
import { slotsOf } from "../slots.ts";

const LONGEST_MS = 24 * 3_600_000;

export interface NewDay {
  readonly kind: (typeof kinds)[number];
  readonly leaderId: Id;
  readonly post: string;
  readonly portfolio: string;
  readonly place: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

async function leaderNamed(ctx: ReceptionCtx, leaderId: Id): Promise<string> {
  const [found] = await ctx.people.ofUnit({ ids: [leaderId] });
  if (!found) throw refuse("leader");
  return found.name;
}

function assertTime(ctx: ReceptionCtx, day: Pick<NewDay, "startsAt" | "endsAt">): void {
  const [from, to] = [Date.parse(day.startsAt), Date.parse(day.endsAt)];
  const fits = from > Date.parse(ctx.now) && to - from <= LONGEST_MS;
  if (!fits || slotsOf({ ...day, slotMinutes: ctx.settings.slotMinutes }) < 1) throw refuse("time");
}

const codesOf = (error: DoorstepError): readonly string[] => [error.code, ...error.reasons.map((one) => one.code)];

/** Takes the leader's time and the place: nobody receives at two places at once. */
async function takeTime(ctx: ReceptionCtx, key: string, day: NewDay): Promise<Id> {
  const { place, startsAt, endsAt, leaderId } = day;
  try {
    return await ctx.appointments.book({ place, room: place, people: [leaderId], startsAt, endsAt, key });
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
    if (codesOf(error).includes("appointment.taken")) throw refuse("busy");
    if (codesOf(error).includes("appointment.personCannot")) throw refuse("leader");
    throw error;
  }
}

/** Gives the leader's time back. */
async function freeTime(ctx: ReceptionCtx, session: Session): Promise<void> {
  if (session.appointmentId === null) return;
  try {
    await ctx.appointments.cancel(session.appointmentId);
  } catch (error) {
    if (error instanceof DoorstepError && error.code === "appointment.notFound") throw refuse("notYours");
    throw error;
  }
}

/** Makes a day public: who receives, as what, where and when. Fewer days ahead than the unit wants is shown as late. */
export async function publish(ctx: ReceptionCtx, day: NewDay): Promise<Id> {
  assertTime(ctx, day);
  const leader = await leaderNamed(ctx, day.leaderId);
  const id = ctx.newId();
  const appointmentId = await takeTime(ctx, id, day);
  const { announceDays, slotMinutes } = ctx.settings;
  await ctx.db.insert(sessions).values({
    ...day,
    ...{ id, unitId: ctx.unit.id, timeZone: ctx.unit.timeZone, leader, slotMinutes, state: "published", appointmentId },
    late: dayOf(day.startsAt, ctx.unit.timeZone) < addDays(todayOf(ctx), announceDays),
    publishedBy: meOf(ctx),
    publishedAt: ctx.now,
  });
  await answerWishes(ctx, id);
  return id;
}

/** Those who booked by an account read that something changed; whoever holds a code alone sees it by the code. */
async function tellBooked(ctx: ReceptionCtx, session: Session, key: string): Promise<void> {
  const rows = await ctx.db
    .select({ account: bookings.accountId })
    .from(bookings)
    .where(and(eq(bookings.sessionId, session.id), eq(bookings.state, "booked"), isNotNull(bookings.accountId)));
  for (const { account } of rows)
    if (account !== null) await ctx.notify.tell({ to: { people: [account] }, news: "changed", key });
}

function assertAhead(ctx: ReceptionCtx, session: Session): void {
  if (session.state !== "published" || Date.parse(session.endsAt) <= Date.parse(ctx.now)) throw refuse("closed");
}

/** Another leader receives on that day; the reason is public, bookings stay. */
export async function swap(
  ctx: ReceptionCtx,
  sessionId: Id,
  by: Pick<NewDay, "leaderId" | "post" | "portfolio"> & { readonly reason: string },
): Promise<void> {
  const session = await sessionOf(ctx, sessionId);
  assertAhead(ctx, session);
  const leader = await leaderNamed(ctx, by.leaderId);
  await freeTime(ctx, session);
  const key = `${sessionId}-${ctx.newId()}`;
  const appointmentId = await takeTime(ctx, key, { ...session, ...by }).catch(async (error: unknown) => {
    // the day goes on as it was published
    const again = await takeTime(ctx, `${key}-again`, session);
    await ctx.db.update(sessions).set({ appointmentId: again }).where(eq(sessions.id, sessionId));
    throw error;
  });
  await ctx.db
    .update(sessions)
    .set({ ...by, leader, appointmentId })
    .where(eq(sessions.id, sessionId));
  await tellBooked(ctx, session, key);
}

/** Nobody receives on that day; the reason is public. */
export async function cancelDay(ctx: ReceptionCtx, sessionId: Id, reason: string): Promise<void> {
  const session = await sessionOf(ctx, sessionId);
  assertAhead(ctx, session);
  await freeTime(ctx, session);
  await ctx.db
    .update(sessions)
    .set({ state: "cancelled", reason, appointmentId: null })
    .where(eq(sessions.id, sessionId));
  await tellBooked(ctx, session, `${sessionId}-cancelled`);
}
