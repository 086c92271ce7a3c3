import { addDays, dayOf } from "@doorstep/sdk";
import { and, eq, inArray, lt } from "drizzle-orm";
import { countBefore } from "../figures/counted-months.ts";
import { counts } from "../figures/datasets.ts";
import { type JobCtx, timed, todayOf } from "../reception-ctx.ts";
import { bookings, promises, sessions } from "../schema.ts";
import { slotAt } from "../slots.ts";

/** Tells the leader ahead and the day before, and those who booked by an account the day before. */
export async function remind(ctx: JobCtx): Promise<void> {
  const today = todayOf(ctx);
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.unitId, ctx.unit.id), eq(sessions.state, "published")));
  for (const session of rows.map(timed)) {
    const on = dayOf(session.startsAt, ctx.unit.timeZone);
    if (on <= today) continue;
    const to = { people: [session.leaderId] };
    if (on <= addDays(today, ctx.settings.announceDays))
      await ctx.notify.tell({ to, news: "coming", params: { on }, key: `coming-${session.id}-${session.leaderId}` });
    if (on !== addDays(today, 1)) continue;
    const booked = await ctx.db
      .select()
      .from(bookings)
      .where(and(eq(bookings.sessionId, session.id), eq(bookings.state, "booked")));
    await ctx.notify.tell({ to, news: "list", params: { count: booked.length }, key: `list-${session.id}` });
    for (const { id, slotNo, accountId } of booked) {
      if (accountId === null) continue;
      const params = { at: slotAt(session, slotNo) };
      await ctx.notify.tell({ to: { people: [accountId] }, news: "tomorrow", params, key: `tomorrow-${id}` });
    }
  }
}

/** What was said on a reception day is not kept for ever; how many there were is, by month. */
export async function forget(ctx: JobCtx): Promise<void> {
  const until = new Date(ctx.now);
  until.setUTCMonth(until.getUTCMonth() - ctx.settings.keepMonths);
  const isOld = and(eq(sessions.unitId, ctx.unit.id), lt(sessions.endsAt, until.toISOString()));
  const past = await ctx.db.select().from(sessions).where(isOld);
  if (past.length === 0) return;
  await countBefore(
    ctx,
    counts,
    past.map((one) => dayOf(timed(one).startsAt, one.timeZone)),
  );
  const old = await ctx.db.delete(sessions).where(isOld).returning({ id: sessions.id });
  const gone = await ctx.db
    .delete(bookings)
    .where(
      inArray(
        bookings.sessionId,
        old.map((one) => one.id),
      ),
    )
    .returning({ id: bookings.id });
  if (gone.length === 0) return;
  await ctx.db.delete(promises).where(
    inArray(
      promises.bookingId,
      gone.map((one) => one.id),
    ),
  );
}

/** With the petition goes what was said about it. */
export async function forgetCase(ctx: JobCtx, caseId: string): Promise<void> {
  const gone = await ctx.db
    .update(bookings)
    .set({ topic: "", record: "", caseId: null })
    .where(eq(bookings.caseId, caseId))
    .returning({ id: bookings.id });
  if (gone.length === 0) return;
  await ctx.db.delete(promises).where(
    inArray(
      promises.bookingId,
      gone.map((one) => one.id),
    ),
  );
}
