import { addDays, type Id } from "@doorstep/sdk";
import { and, eq, gte, inArray, isNotNull, sql } from "drizzle-orm";
import { circle, knownPeople, talks } from "../schema.ts";
import { type JobCtx, meOf, type TalkCtx, todayOf } from "../talk-ctx.ts";
import { everybody, everyId } from "./everybody.ts";

const PAGE = 1_000;

const ofUnit = (ctx: JobCtx) => eq(knownPeople.unitId, ctx.unit.id);

/** Whether a talk officer has ever looked here: only from then on somebody can be new. */
const isLookedAt = async (ctx: JobCtx): Promise<boolean> =>
  (await ctx.db.select({ id: knownPeople.personId }).from(knownPeople).where(ofUnit(ctx)).limit(1)).length > 0;

/** Notes who is at the unit now. Whoever was not there before is new from today; whoever has left and comes back is new again. */
async function note(ctx: JobCtx, ids: readonly Id[]): Promise<number> {
  const since = (await isLookedAt(ctx)) ? todayOf(ctx) : null;
  let came = 0;
  for (let at = 0; at < ids.length; at += PAGE) {
    const rows = ids.slice(at, at + PAGE).map((personId) => ({ unitId: ctx.unit.id, personId, since }));
    const added = await ctx.db.insert(knownPeople).values(rows).onConflictDoNothing().returning();
    came += added.length;
  }
  if (ids.length > 0)
    await ctx.db
      .delete(knownPeople)
      .where(and(ofUnit(ctx), sql`${knownPeople.personId} <> all (${sql.param([...ids])}::uuid[])`));
  return since === null ? 0 : came;
}

/** By itself every day, by ids alone: the talk officers hear that somebody has come, and read on their page who. */
export async function noteArrivals(ctx: JobCtx): Promise<void> {
  if (!(await isLookedAt(ctx))) return;
  const came = await note(ctx, await everyId(ctx));
  const key = `arrived-${ctx.unit.code}-${todayOf(ctx)}`;
  if (came > 0) await ctx.notify.tell({ to: ["talkOfficer"], news: "arrived", params: { count: came }, key });
}

/** Whoever has come to the unit since its talk officers first looked, and whom nobody talks with yet: each is to be offered a first talk by his day. */
export async function newcomers(ctx: TalkCtx) {
  const people = await everybody(ctx);
  await note(
    ctx,
    people.map((one) => one.id),
  );
  const fresh = await ctx.db
    .select({ personId: knownPeople.personId, since: knownPeople.since })
    .from(knownPeople)
    .where(and(ofUnit(ctx), isNotNull(knownPeople.since)));
  if (fresh.length === 0) return [];
  const freshIds = fresh.map((one) => one.personId);
  const kept = await ctx.db.select({ id: circle.personId }).from(circle).where(inArray(circle.personId, freshIds));
  const firstCame = fresh.map((one) => one.since ?? "").reduce((a, b) => (a < b ? a : b));
  const talked = await ctx.db
    .select({ id: talks.personId })
    .from(talks)
    .where(
      and(
        inArray(talks.personId, freshIds),
        inArray(talks.state, ["offered", "fixed", "held", "settled"]),
        gte(talks.changedAt, firstCame),
      ),
    );
  const cared = new Set([...kept, ...talked].map((one) => one.id));
  const byId = new Map(people.map((one) => [one.id, one]));
  return fresh
    .flatMap(({ personId, since }) => {
      const person = byId.get(personId);
      if (!person || since === null || personId === meOf(ctx) || cared.has(personId)) return [];
      const dueOn = addDays(since, ctx.settings.arrivalDays);
      return [{ personId, name: person.name, unit: person.unit, since, dueOn, isDue: dueOn <= todayOf(ctx) }];
    })
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
}
