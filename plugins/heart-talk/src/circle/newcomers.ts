import { addDays } from "@doorstep/sdk";
import { and, eq, gte, inArray, isNotNull, notInArray } from "drizzle-orm";
import { circle, knownPeople, talks } from "../schema.ts";
import { meOf, type TalkCtx, todayOf } from "../talk-ctx.ts";

/** As many as the platform names at once; of a larger unit those who come first by name are looked through. */
const MOST = 500;

/**
 * Whoever has come to the unit since its talk officers first looked, and whom nobody talks with yet: each is to be offered a
 * first talk by his day. Names are shown to people alone, so a look finds them and no repeated work does.
 */
export async function newcomers(ctx: TalkCtx) {
  const people = await ctx.people.ofUnit({ limit: MOST });
  const ids = people.map((one) => one.id);
  const ofUnit = eq(knownPeople.unitId, ctx.unit.id);
  const before = await ctx.db.select({ id: knownPeople.personId }).from(knownPeople).where(ofUnit).limit(1);
  if (ids.length > 0) {
    const since = before.length === 0 ? null : todayOf(ctx);
    await ctx.db
      .insert(knownPeople)
      .values(ids.map((personId) => ({ unitId: ctx.unit.id, personId, since })))
      .onConflictDoNothing();
    // whoever has left and comes back is new again
    if (ids.length < MOST) await ctx.db.delete(knownPeople).where(and(ofUnit, notInArray(knownPeople.personId, ids)));
  }
  const fresh = await ctx.db
    .select({ personId: knownPeople.personId, since: knownPeople.since })
    .from(knownPeople)
    .where(and(ofUnit, isNotNull(knownPeople.since)));
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
