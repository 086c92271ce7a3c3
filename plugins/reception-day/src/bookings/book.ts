import type { Id } from "@doorstep/sdk";
import { calendarFile } from "@doorstep/sdk/server";
import { and, desc, eq, sql } from "drizzle-orm";
import { plugin } from "../plugin.ts";
import { type Booking, meOf, type ReceptionCtx, type Session, timed } from "../reception-ctx.ts";
import { refuse } from "../refusals.ts";
import { bookings, sessions } from "../schema.ts";
import { publicOf } from "../sessions/read-days.ts";
import { slotAt, slotsOf } from "../slots.ts";
import { hashOf, newCode } from "./code.ts";

const isTakenSlot = (error: unknown): boolean => {
  const { constraint } = ((error as { cause?: unknown }).cause ?? error) as { readonly constraint?: unknown };
  return constraint === "bookings_slot";
};

/** A day that is open to whoever stands at this unit: one of its own, or of a unit above it. */
async function openDay(ctx: ReceptionCtx, sessionId: Id): Promise<Session> {
  const [found] = await ctx.db.select().from(sessions).where(eq(sessions.id, sessionId));
  if (!found) throw refuse("notFound");
  const isOwn = found.unitId === ctx.unit.id;
  const isAbove = isOwn || (await ctx.units.above(ctx.unit.id)).some((unit) => unit.id === found.unitId);
  if (!isAbove) throw refuse("notFound");
  return timed(found);
}

const seen = (booking: Booking, session: Session) => ({
  ...publicOf(session),
  ...{ bookingId: booking.id, visit: booking.state, topic: booking.topic, at: slotAt(session, booking.slotNo) },
});

/**
 * Books one time. Of many who press at once one has it. Pressed again under the same key it is the same booking, with a new
 * code: the first may never have arrived.
 */
export async function book(
  ctx: ReceptionCtx,
  asked: { readonly sessionId: Id; readonly slotNo: number; readonly topic: string; readonly key: string },
) {
  const { sessionId, slotNo, topic, key } = asked;
  const session = await openDay(ctx, sessionId);
  const isOpen = session.state === "published" && slotNo < slotsOf(session);
  if (!isOpen || Date.parse(slotAt(session, slotNo)) <= Date.parse(ctx.now)) throw refuse("closed");
  const code = newCode();
  const codeHash = hashOf(code);
  try {
    const [booking] = await ctx.db
      .insert(bookings)
      .values({
        ...{ id: ctx.newId(), sessionId, slotNo, key, codeHash, topic },
        ...{ accountId: ctx.user?.id ?? null, state: "booked", changedAt: ctx.now },
      })
      .onConflictDoUpdate({
        target: bookings.key,
        set: { codeHash },
        setWhere: sql`${bookings.sessionId} = ${sessionId} and ${bookings.slotNo} = ${slotNo} and ${bookings.state} = 'booked'`,
      })
      .returning();
    if (!booking) throw refuse("taken");
    return { code, ...seen(booking, session) };
  } catch (error) {
    if (isTakenSlot(error)) throw refuse("taken");
    throw error;
  }
}

interface Found {
  readonly booking: Booking;
  readonly session: Session;
}

async function byCode(ctx: ReceptionCtx, code: string): Promise<Found> {
  const [found] = await ctx.db
    .select({ booking: bookings, session: sessions })
    .from(bookings)
    .innerJoin(sessions, eq(sessions.id, bookings.sessionId))
    .where(eq(bookings.codeHash, hashOf(code)));
  if (!found) throw refuse("code");
  return { booking: found.booking, session: timed(found.session) };
}

async function ownById(ctx: ReceptionCtx, bookingId: Id): Promise<Found> {
  const [found] = await ctx.db
    .select({ booking: bookings, session: sessions })
    .from(bookings)
    .innerJoin(sessions, eq(sessions.id, bookings.sessionId))
    .where(and(eq(bookings.id, bookingId), eq(bookings.accountId, meOf(ctx))));
  if (!found) throw refuse("notFound");
  return { booking: found.booking, session: timed(found.session) };
}

/** Shown by the code, or to the account that booked. */
export type Pass = { readonly code: string } | { readonly bookingId: Id };

const found = (ctx: ReceptionCtx, pass: Pass): Promise<Found> =>
  "code" in pass ? byCode(ctx, pass.code) : ownById(ctx, pass.bookingId);

export async function readBooking(ctx: ReceptionCtx, pass: Pass) {
  const { booking, session } = await found(ctx, pass);
  return seen(booking, session);
}

/** It is given back at once, and nothing of it stays but that there was one. */
export async function cancelBooking(ctx: ReceptionCtx, pass: Pass): Promise<void> {
  const { booking } = await found(ctx, pass);
  const changed = await ctx.db
    .update(bookings)
    .set({ state: "cancelled", topic: "", changedAt: ctx.now })
    .where(and(eq(bookings.id, booking.id), eq(bookings.state, "booked")))
    .returning({ id: bookings.id });
  if (changed.length === 0) throw refuse("state");
}

/** For the visitor's own calendar: when and where, and nothing of why. */
export async function calendarOf(ctx: ReceptionCtx, pass: Pass): Promise<string> {
  const { booking, session } = await found(ctx, pass);
  const startsAt = slotAt(session, booking.slotNo);
  return calendarFile(
    {
      ...{ id: booking.id, title: plugin.title, place: session.place, startsAt },
      endsAt: slotAt(session, booking.slotNo + 1),
      cancelled: booking.state === "cancelled" || session.state === "cancelled",
    },
    new Date(ctx.now),
  );
}

/** What the asker's account has booked, newest first. */
export async function ownBookings(ctx: ReceptionCtx) {
  const me = meOf(ctx);
  const rows = await ctx.db
    .select({ booking: bookings, session: sessions })
    .from(bookings)
    .innerJoin(sessions, eq(sessions.id, bookings.sessionId))
    .where(and(eq(bookings.accountId, me), sql`${bookings.state} <> 'cancelled'`))
    .orderBy(desc(sessions.startsAt))
    .limit(20);
  return rows.map((row) => seen(row.booking, timed(row.session)));
}
