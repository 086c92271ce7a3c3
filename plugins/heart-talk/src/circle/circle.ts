import type { Id, NamedPerson } from "@doorstep/sdk";
import { and, eq, inArray } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { circle, type paces, talks } from "../schema.ts";
import { assertOfUnit, meOf, type TalkCtx, todayOf } from "../talk-ctx.ts";
import { namedOf } from "./everybody.ts";
import { isOver, nextDue } from "./next-due.ts";

type Pace = (typeof paces)[number];

/** A talk officer keeps in touch with somebody of his unit from now on; again with another pace changes it. */
export async function keep(ctx: TalkCtx, personId: Id, pace: Pace): Promise<void> {
  if (personId === meOf(ctx)) throw refuse("self");
  await assertOfUnit(ctx, personId);
  await ctx.db
    .insert(circle)
    .values({ unitId: ctx.unit.id, talkerId: meOf(ctx), personId, pace, since: todayOf(ctx) })
    .onConflictDoUpdate({
      target: [circle.talkerId, circle.personId],
      set: { pace, drawn: false, unitId: ctx.unit.id },
    });
}

export async function release(ctx: TalkCtx, personId: Id): Promise<void> {
  await ctx.db.delete(circle).where(and(eq(circle.talkerId, meOf(ctx)), eq(circle.personId, personId)));
}

/** Whom the asker talks with, who has waited longest first. Whoever has left the unit is not among them. */
export async function ownCircle(ctx: TalkCtx) {
  const rows = await ctx.db
    .select()
    .from(circle)
    .where(eq(circle.talkerId, meOf(ctx)));
  if (rows.length === 0) return [];
  const people = await namedOf(
    ctx,
    rows.map((row) => row.personId),
  );
  const open = await ctx.db
    .select({ personId: talks.personId, id: talks.id })
    .from(talks)
    .where(and(eq(talks.talkerId, meOf(ctx)), inArray(talks.state, ["asked", "offered", "fixed"])));
  const talkWith = new Map(open.map((one) => [one.personId, one.id]));
  const today = todayOf(ctx);
  return rows
    .flatMap((row) => {
      const person = people.get(row.personId);
      if (!person || isOver(row)) return [];
      const dueOn = nextDue(row, ctx.settings);
      return [
        {
          ...{ personId: row.personId, name: person.name, unit: person.unit, pace: row.pace, drawn: row.drawn },
          ...{ lastHeldOn: row.lastHeldOn, dueOn, isDue: dueOn <= today },
          talkId: talkWith.get(row.personId) ?? null,
        },
      ];
    })
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
}

/** People of the unit to choose from, and whether somebody talks with them regularly. */
export async function choices(
  ctx: TalkCtx,
  q: string,
): Promise<readonly (NamedPerson & { readonly hasTalker: boolean })[]> {
  const people = await ctx.people.ofUnit({ limit: 50, ...(q !== "" && { q }) });
  const others = people.filter((one) => one.id !== meOf(ctx));
  if (others.length === 0) return [];
  const ids = others.map((one) => one.id);
  const kept = await ctx.db.select({ id: circle.personId }).from(circle).where(inArray(circle.personId, ids));
  const have = new Set(kept.map((one) => one.id));
  return others.map((one) => ({ ...one, hasTalker: have.has(one.id) }));
}
