import type { Id } from "@doorstep/sdk";
import { and, count, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { TERM_YEARS, type Tier } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { mediations, mediators } from "../schema.ts";
import { type MediationCtx, pathOf, todayOf } from "./mediation-ctx.ts";
import { meanRatings } from "./ratings.ts";

/** Who may mediate at the unit: what is written of each, and how many he leads now. */
export async function roster(ctx: MediationCtx) {
  const [people, leading, written, rated] = await Promise.all([
    ctx.people.holding("mediator"),
    ctx.db
      .select({ personId: mediations.mediatorId, open: count() })
      .from(mediations)
      .where(inArray(mediations.state, ["offered", "running"]))
      .groupBy(mediations.mediatorId),
    ctx.db.select().from(mediators),
    ctx.can("keepRoster") ? meanRatings(ctx) : undefined,
  ]);
  const today = todayOf(ctx);
  return people.map((one) => {
    const open = leading.find(({ personId }) => personId === one.id)?.open ?? 0;
    const entry = written.find(({ personId }) => personId === one.id);
    const isOver = entry?.termUntil !== null && entry !== undefined && entry.termUntil < today;
    return {
      ...one,
      open,
      free: open < ctx.settings.mostOpen && !isOver,
      isOver,
      tiers: entry?.tiers ?? [],
      languages: entry?.languages ?? "",
      topics: entry?.topics ?? "",
      trainedOn: entry?.trainedOn ?? null,
      termUntil: entry?.termUntil ?? null,
      // Of a person nothing is measured but this, and only for whoever keeps the roster.
      rated: rated?.get(one.id) ?? null,
    };
  });
}

/** Whoever has mediated this dispute before stands out of the petition since, and would be refused when it begins. */
async function assertNew(ctx: MediationCtx, caseId: Id, personId: Id): Promise<void> {
  const before = await ctx.db
    .select({ id: mediations.id })
    .from(mediations)
    .where(and(eq(mediations.caseId, caseId), eq(mediations.mediatorId, personId), isNotNull(mediations.untilOn)))
    .limit(1);
  if (before.length > 0) throw refuse("mediatedBefore");
}

/** @throws refusal `notMediator`, `term`, `full`, `tier`, `mediatedBefore` */
export async function chosen(ctx: MediationCtx, { caseId, tier }: { caseId: Id; tier: Tier }, personId: Id) {
  const found = (await roster(ctx)).find((one) => one.id === personId);
  if (!found) throw refuse("notMediator");
  if (found.isOver) throw refuse("term");
  if (!found.free) throw refuse("full");
  if (found.tiers.length > 0 && !found.tiers.includes(tier)) throw refuse("tier");
  await assertNew(ctx, caseId, personId);
  return { mediatorId: found.id, mediatorName: found.name };
}

const yearsFrom = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

export interface RosterEntry {
  readonly personId: Id;
  readonly tiers: readonly Tier[];
  readonly languages: string;
  readonly topics: string;
  readonly trainedOn: string | null;
  readonly termUntil: string | null;
}

/** Writes what a unit knows of one of its mediators; a unit above may write over it. @throws refusal `notMediator`, `termTooLong` */
export async function enter(ctx: MediationCtx, { personId, tiers, ...what }: RosterEntry): Promise<void> {
  if (what.termUntil !== null && what.termUntil > yearsFrom(todayOf(ctx), TERM_YEARS)) throw refuse("termTooLong");
  if (!(await ctx.people.holding("mediator")).some((one) => one.id === personId)) throw refuse("notMediator");
  const entry = { ...what, tiers: [...new Set(tiers)].toSorted(), path: await pathOf(ctx, ctx.unit.id) };
  const kept = await ctx.db
    .insert(mediators)
    .values({ personId, ...entry })
    .onConflictDoUpdate({
      target: mediators.personId,
      set: entry,
      setWhere: inArray(sql`${mediators.path}[1]`, await ctx.units.within(ctx.unit.id)),
    })
    .returning({ personId: mediators.personId });
  if (kept.length === 0) throw refuse("notMediator");
}
