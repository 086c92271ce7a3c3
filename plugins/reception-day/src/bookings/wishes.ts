import type { Id } from "@doorstep/sdk";
import { asc, inArray, lt, sql } from "drizzle-orm";
import type { JobCtx, ReceptionCtx } from "../reception-ctx.ts";
import { refuse } from "../refusals.ts";
import { wishes } from "../schema.ts";
import { calendar } from "../sessions/read-days.ts";

/** More than these nobody reads; anybody may leave one, so there is an end. */
const MOST = 200;
/** So many are told at once. */
const TOLD = 20;
const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;

/** Left at the unit or at one that is below it today. */
const leftAt = async (ctx: ReceptionCtx) => inArray(sql`${wishes.path}[1]`, await ctx.units.within(ctx.unit.id));

/**
 * Somebody would like to see a leader while no time is free: the unit reads how many do and what about. An account has one, which
 * is written anew; the same key leaves one.
 *
 * @throws refusal `free` where a time can be booked, `manyWishes`
 */
export async function wish(
  ctx: ReceptionCtx,
  { key: id, topic }: { readonly key: Id; readonly topic: string },
): Promise<void> {
  if ((await calendar(ctx)).some((day) => day.slots.some((slot) => slot.free))) throw refuse("free");
  if ((await ctx.db.$count(wishes, await leftAt(ctx))) >= MOST) throw refuse("manyWishes");
  const path = [ctx.unit.id, ...(await ctx.units.above(ctx.unit.id)).map((one) => one.id)];
  const left = { id, path, accountId: ctx.user?.id ?? null, topic, at: ctx.now };
  if (left.accountId === null) await ctx.db.insert(wishes).values(left).onConflictDoNothing();
  else
    await ctx.db
      .insert(wishes)
      .values(left)
      .onConflictDoUpdate({ target: wishes.accountId, set: { path, topic, at: ctx.now } });
}

/** What people at the unit and below would like to see a leader about, who has waited longest first; of nobody who it is. */
export async function wishesAtDesk(ctx: ReceptionCtx) {
  const rows = await ctx.db
    .select()
    .from(wishes)
    .where(await leftAt(ctx))
    .orderBy(asc(wishes.at));
  return rows.map(({ id, topic, at }) => ({ wishId: id, topic, at: new Date(at).toISOString() }));
}

/** A day was made public: who left a wish by an account is told, and all of them are answered. */
export async function answerWishes(ctx: ReceptionCtx, sessionId: Id): Promise<void> {
  const answered = await ctx.db
    .delete(wishes)
    .where(await leftAt(ctx))
    .returning();
  const people = answered.flatMap((one) => one.accountId ?? []);
  for (let at = 0; at < people.length; at += TOLD)
    await ctx.notify.tell({
      to: { people: people.slice(at, at + TOLD) },
      ...{ news: "published", key: `published-${sessionId}` },
    });
}

/** A wish that no day has answered for so long is forgotten. */
export async function forgetWishes(ctx: JobCtx): Promise<void> {
  const until = new Date(Date.parse(ctx.now) - KEPT_DAYS * DAY_MS).toISOString();
  await ctx.db.delete(wishes).where(lt(wishes.at, until));
}
