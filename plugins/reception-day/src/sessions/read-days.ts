import { addDays } from "@doorstep/sdk";
import { and, asc, count, desc, eq, gt, inArray, ne } from "drizzle-orm";
import { type ReceptionCtx, type Session, timed, todayOf } from "../reception-ctx.ts";
import { bookings, sessions } from "../schema.ts";
import { slotAt, slotsOf } from "../slots.ts";

const MOST = 60;
const PAST_DAYS = 60;

/** What everybody may read of a day. */
export const publicOf = (one: Session) => ({
  ...{ sessionId: one.id, kind: one.kind, leader: one.leader, post: one.post, portfolio: one.portfolio },
  ...{ place: one.place, timeZone: one.timeZone, startsAt: one.startsAt, endsAt: one.endsAt },
  ...{ state: one.state, late: one.late, reason: one.reason },
});

/** The days ahead of the unit and of those above it, with the times that are still free. */
export async function calendar(ctx: ReceptionCtx) {
  const above = await ctx.units.above(ctx.unit.id);
  const units = new Map([ctx.unit, ...above].map((unit) => [unit.id, unit.name]));
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(and(inArray(sessions.unitId, [...units.keys()]), gt(sessions.endsAt, ctx.now)))
    .orderBy(asc(sessions.startsAt))
    .limit(MOST);
  if (rows.length === 0) return [];
  const ids = rows.map((one) => one.id);
  const given = await ctx.db
    .select({ sessionId: bookings.sessionId, no: bookings.slotNo })
    .from(bookings)
    .where(and(inArray(bookings.sessionId, ids), ne(bookings.state, "cancelled")));
  const taken = new Set(given.map((one) => `${one.sessionId} ${one.no}`));
  return rows.map(timed).map((one) => ({
    ...publicOf(one),
    unit: units.get(one.unitId) ?? ctx.unit.name,
    slots: Array.from({ length: slotsOf(one) }, (_, no) => ({
      no,
      startsAt: slotAt(one, no),
      free:
        one.state === "published" && !taken.has(`${one.id} ${no}`) && Date.parse(slotAt(one, no)) > Date.parse(ctx.now),
    })),
  }));
}

/** Days of the unit for its desk, those to come first, with how many have booked. */
export async function daysAtDesk(ctx: ReceptionCtx) {
  const since = new Date(`${addDays(todayOf(ctx), -PAST_DAYS)}T00:00:00Z`).toISOString();
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.unitId, ctx.unit.id), gt(sessions.endsAt, since)))
    .orderBy(desc(sessions.startsAt))
    .limit(MOST);
  const counts = await ctx.db
    .select({ sessionId: bookings.sessionId, n: count() })
    .from(bookings)
    .where(ne(bookings.state, "cancelled"))
    .groupBy(bookings.sessionId);
  const booked = new Map(counts.map((one) => [one.sessionId, one.n]));
  return rows.map(timed).map((one) => ({ ...publicOf(one), slots: slotsOf(one), booked: booked.get(one.id) ?? 0 }));
}
