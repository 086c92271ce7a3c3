import { DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "./plugin.ts";
import { refuse } from "./refusals.ts";
import { bookings, sessions } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type ReceptionCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Session = typeof sessions.$inferSelect;
export type Booking = typeof bookings.$inferSelect;

export function meOf(ctx: ReceptionCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const todayOf = (ctx: Pick<JobCtx, "now" | "unit">): string => dayOf(ctx.now, ctx.unit.timeZone);

/** Drizzle reads instants as PostgreSQL writes them. */
const iso = (at: string): string => new Date(at).toISOString();
export const timed = (one: Session): Session => ({ ...one, startsAt: iso(one.startsAt), endsAt: iso(one.endsAt) });

/** A day of the call's unit. */
export async function sessionOf(ctx: ReceptionCtx, sessionId: Id): Promise<Session> {
  const [found] = await ctx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.unitId, ctx.unit.id)));
  if (!found) throw refuse("notFound");
  return timed(found);
}

/** A visit on a day of the call's unit. */
export async function visitOf(ctx: ReceptionCtx, bookingId: Id): Promise<Booking> {
  const [found] = await ctx.db.select().from(bookings).where(eq(bookings.id, bookingId));
  if (!found) throw refuse("notFound");
  await sessionOf(ctx, found.sessionId);
  return found;
}
