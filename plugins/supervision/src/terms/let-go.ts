import type { Id } from "@doorstep/sdk";
import { and, arrayContains, eq, inArray, isNotNull, lt, notExists, sql } from "drizzle-orm";
import type { JobCtx } from "../matters/matter-ctx.ts";
import { circularReaders, circulars, inspected, inspections, matters, recommendations, steps } from "../schema.ts";

/** So many letters are asked for at once. */
const AT_ONCE = 200;

/** What belongs to no petition, over its time: the unit it is of and those above, nearest first, and the letters written of it. */
interface Over {
  readonly id: Id;
  readonly path: readonly Id[];
  readonly letters: readonly Id[];
}

async function isInForce(ctx: JobCtx, unitId: Id): Promise<boolean> {
  const unit = await ctx.units.get(unitId);
  return unit !== null && (await ctx.units.byCode(unit.code))?.id === unitId;
}

/** The nearest unit that is still in force does the work of one that is not. */
async function isOurs(ctx: JobCtx, { path }: Over): Promise<boolean> {
  for (const unitId of path) {
    if (unitId === ctx.unit.id) return true;
    if (await isInForce(ctx, unitId)) return false;
  }
  return false;
}

/** Which of these letters are still kept: by a longer term, by a legal hold, or because nobody has let them go yet. */
async function keptAmong(ctx: JobCtx, letterIds: readonly Id[]): Promise<ReadonlySet<Id>> {
  const kept = new Set<Id>();
  for (let at = 0; at < letterIds.length; at += AT_ONCE)
    for (const letter of await ctx.letters.list(letterIds.slice(at, at + AT_ONCE))) kept.add(letter.letterId);
  return kept;
}

async function mattersOver(ctx: JobCtx, before: string): Promise<readonly Over[]> {
  const over = await ctx.db
    .select({ id: matters.id, path: matters.path })
    .from(matters)
    .where(and(isNotNull(matters.channel), arrayContains(matters.path, [ctx.unit.id]), lt(matters.endedAt, before)));
  const ids = over.map((one) => one.id);
  if (ids.length === 0) return [];
  const given = await ctx.db
    .select({ matterId: steps.matterId, letterId: steps.id, fromUnit: steps.fromUnit })
    .from(steps)
    .where(inArray(steps.matterId, ids));
  const written = [
    ...given,
    ...(await ctx.db
      .select({ matterId: circulars.matterId, letterId: circularReaders.letterId })
      .from(circularReaders)
      .innerJoin(circulars, eq(circulars.id, circularReaders.circularId))
      .where(inArray(circulars.matterId, ids))),
  ];
  const lettersOf = (id: Id) => written.flatMap((one) => (one.matterId === id && one.letterId ? [one.letterId] : []));
  // whoever wrote the letters sees those that nobody has signed, too: the highest that gave a step lets the matter go
  const fromGiver = ({ id, path }: (typeof over)[number]): readonly Id[] =>
    path.slice(
      Math.max(0, ...given.map((one) => (one.matterId === id && one.fromUnit ? path.indexOf(one.fromUnit) : 0))),
    );
  return over.map((one) => ({ id: one.id, path: fromGiver(one), letters: lettersOf(one.id) }));
}

/** One that nobody has answered in all that time counts from the day on which it was sent. */
async function recommendationsOver(ctx: JobCtx, before: string): Promise<readonly Over[]> {
  const last = sql`coalesce(${recommendations.answeredAt}, ${recommendations.sentAt})`;
  const over = await ctx.db
    .select({ id: recommendations.id, path: recommendations.path })
    .from(recommendations)
    .where(and(arrayContains(recommendations.path, [ctx.unit.id]), sql`${last} < ${before}::timestamptz`));
  return over.map((one) => ({ ...one, letters: [one.id] }));
}

/** An inspection outlives its term as long as a petition of its sample is kept: what was found there belongs to that. */
async function inspectionsOver(ctx: JobCtx, before: string): Promise<readonly Over[]> {
  const sample = ctx.db.select({ one: sql`1` }).from(inspected).where(eq(inspected.inspectionId, inspections.id));
  const last = sql`coalesce(${inspections.closedAt}, ${inspections.openedAt})`;
  const over = await ctx.db
    .select({ id: inspections.id, path: inspections.path })
    .from(inspections)
    .where(
      and(arrayContains(inspections.path, [ctx.unit.id]), sql`${last} < ${before}::timestamptz`, notExists(sample)),
    );
  return over.map((one) => ({ ...one, letters: [] }));
}

async function goes(ctx: JobCtx, over: readonly Over[]): Promise<readonly Id[]> {
  const kept = await keptAmong(
    ctx,
    over.flatMap((one) => one.letters),
  );
  const ids: Id[] = [];
  for (const one of over)
    if (!one.letters.some((letterId) => kept.has(letterId)) && (await isOurs(ctx, one))) ids.push(one.id);
  return ids;
}

/**
 * The daily work at what belongs to no petition and so goes with none: circulars and steps of ways in that went quiet,
 * recommendations and inspections end with their term, and never before the letters written of them. The log says how many.
 */
export async function letGo(ctx: JobCtx): Promise<void> {
  const until = new Date(ctx.now);
  until.setUTCFullYear(until.getUTCFullYear() - ctx.settings.keepYears);
  const before = until.toISOString();
  const gone = {
    matters: await goes(ctx, await mattersOver(ctx, before)),
    recommendations: await goes(ctx, await recommendationsOver(ctx, before)),
    inspections: await goes(ctx, await inspectionsOver(ctx, before)),
  };
  if (gone.matters.length > 0) await ctx.db.delete(matters).where(inArray(matters.id, gone.matters));
  if (gone.recommendations.length > 0)
    await ctx.db.delete(recommendations).where(inArray(recommendations.id, gone.recommendations));
  if (gone.inspections.length > 0) await ctx.db.delete(inspections).where(inArray(inspections.id, gone.inspections));
  const [ended, answered, closed] = [gone.matters.length, gone.recommendations.length, gone.inspections.length];
  if (ended + answered + closed > 0)
    ctx.log.info("supervision that belongs to no petition was let go after its term", {
      ...{ unit: ctx.unit.code, years: ctx.settings.keepYears },
      ...{ matters: ended, recommendations: answered, inspections: closed },
    });
}
