import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, arrayContains, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { type JobCtx, meOf, seen, together, type WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";
import { concluded, inspected, inspections } from "../schema.ts";
import { type Check, type CheckResult, checksOf, type Results } from "./checklist.ts";
import { drawSample } from "./draw.ts";
import { endTask } from "./monthly.ts";
import { ownWorkAmong } from "./own-work.ts";

const MOST = 100;
type Inspection = typeof inspections.$inferSelect;

/** Petitions of a unit and below it that the asker may see: the newest hundred of the call's unit are looked through. */
async function poolOf(ctx: WatchCtx, aboutUnit: Id): Promise<Id[]> {
  const found = (await ctx.cases.find({ limit: MOST })).filter((one) => one.category !== "accusation");
  const holders = [...new Set(found.map((one) => one.holder.id))];
  const lines = await Promise.all(
    holders.map(async (id) => [id, [id, ...(await ctx.units.above(id)).map((one) => one.id)]] as const),
  );
  const isBelow = new Set(lines.flatMap(([id, line]) => (line.includes(aboutUnit) ? [id] : [])));
  return found.flatMap((one) => (isBelow.has(one.holder.id) ? [one.caseId] : [])).toSorted();
}

interface Wanted {
  readonly inspectionId: Id;
  readonly aboutUnit: Id;
  readonly title: string;
  readonly size: number;
}

/**
 * Begins an inspection of a unit right below: the database draws the sample by a seed of its own, which is kept with what it was
 * drawn from. The same id draws once.
 *
 * @throws refusal `inspectUnit`, `noPetitions`
 */
export async function inspect(ctx: WatchCtx, { inspectionId: id, aboutUnit, title, size }: Wanted): Promise<void> {
  if (!(await ctx.units.children(ctx.unit.id)).some((one) => one.id === aboutUnit)) throw refuse("inspectUnit");
  const pool = await poolOf(ctx, aboutUnit);
  if (pool.length === 0) throw refuse("noPetitions");
  const path = [ctx.unit.id, ...(await ctx.units.above(ctx.unit.id)).map((one) => one.id)];
  await together(ctx, async (tx) => {
    const [made] = await tx.db
      .insert(inspections)
      .values({ id, unitId: ctx.unit.id, path, aboutUnit, title, pool, openedBy: meOf(ctx), openedAt: ctx.now })
      .onConflictDoNothing()
      .returning({ id: inspections.id });
    if (made) await drawSample(tx, id, size);
  });
}

/** An inspection of the call's unit that is not closed. @throws refusal `inspection`, `closed` */
async function openHere(ctx: WatchCtx, id: Id): Promise<Inspection> {
  const [found] = await ctx.db
    .select()
    .from(inspections)
    .where(and(eq(inspections.id, id), eq(inspections.unitId, ctx.unit.id)));
  if (!found) throw refuse("inspection");
  if (found.closedAt !== null) throw refuse("closed");
  return found;
}

/**
 * What was found at one petition of the sample; written anew until the inspection is closed.
 *
 * @throws refusal `inspection`, `closed`, `ownWork`; DoorstepError `input.invalid` for another checklist than that of the inspection
 */
export async function check(
  ctx: WatchCtx,
  inspectionId: Id,
  { caseId, results, note }: { readonly caseId: Id; readonly results: Results; readonly note: string },
): Promise<void> {
  const asked = checksOf(await openHere(ctx, inspectionId));
  if (Object.keys(results).length !== asked.length || asked.some((code) => !results[code]))
    throw new DoorstepError("input.invalid");
  if (!(await seen(ctx, caseId))) throw refuse("inspection");
  if ((await ownWorkAmong(ctx, [caseId])).mine.has(caseId)) throw refuse("ownWork");
  const [written] = await ctx.db
    .update(inspected)
    .set({ results, note, checkedBy: meOf(ctx), checkedAt: ctx.now })
    .where(and(eq(inspected.inspectionId, inspectionId), eq(inspected.caseId, caseId)))
    .returning({ caseId: inspected.caseId });
  if (!written) throw refuse("inspection");
}

/**
 * Says what was found; the unit reads it. Of a sample that was drawn by itself nobody checks what he may not open, and of any what
 * everybody has dealt with himself who supervises here: that stays unchecked.
 *
 * @throws refusal `inspection`, `closed`, `unfinished`, `ownWork` where what is left is another's to check
 */
export async function closeInspection(ctx: WatchCtx, inspectionId: Id, result: string): Promise<void> {
  const { id, month, taskId } = await openHere(ctx, inspectionId);
  const sample = await ctx.db.select().from(inspected).where(eq(inspected.inspectionId, id));
  const unchecked = sample.filter((one) => one.checkedAt === null).map((one) => one.caseId);
  const { mine, everybodys } = await ownWorkAmong(ctx, unchecked);
  const left = unchecked.filter((caseId) => !everybodys.has(caseId));
  const open =
    month === null
      ? left
      : (await Promise.all(left.map((caseId) => seen(ctx, caseId)))).flatMap((one) => one?.caseId ?? []);
  const isUntouched = left.length > 0 && left.length === sample.length;
  if (open.length > 0 && open.every((caseId) => mine.has(caseId))) throw refuse("ownWork");
  if (open.length > 0 || isUntouched) throw refuse("unfinished");
  await ctx.db
    .update(inspections)
    .set({ result, closedBy: meOf(ctx), closedAt: ctx.now })
    .where(and(eq(inspections.id, id), isNull(inspections.closedAt)));
  await endTask(ctx, taskId);
}

async function shown(ctx: WatchCtx, rows: readonly Inspection[]) {
  const ids = rows.map((row) => row.id);
  const sample =
    ids.length > 0 ? await ctx.db.select().from(inspected).where(inArray(inspected.inspectionId, ids)) : [];
  return await Promise.all(
    rows.map(async (row) => {
      const of = sample.filter((one) => one.inspectionId === row.id);
      const count = (code: Check, result: CheckResult): number =>
        of.filter((one) => one.results?.[code] === result).length;
      const checked = of.filter((one) => one.checkedAt !== null);
      return {
        ...{ inspectionId: row.id, title: row.title, unit: (await ctx.units.get(row.aboutUnit))?.name ?? null },
        ...{ openedAt: new Date(row.openedAt).toISOString(), result: row.result, isHere: row.unitId === ctx.unit.id },
        isOwn: row.unitId === row.aboutUnit,
        ...{ month: row.month, seed: row.seed, pool: row.pool.length, drawn: of.length },
        done: checked.length,
        faulty: checked.filter((one) => Object.values(one.results ?? {}).includes("no")).length,
        checks: checksOf(row),
        counts: checksOf(row).map((code) => ({ code, yes: count(code, "yes"), no: count(code, "no") })),
      };
    }),
  );
}

/** Inspections of the unit and those below it, the newest first. */
export async function inspectionsOf(ctx: WatchCtx) {
  const rows = await ctx.db
    .select()
    .from(inspections)
    .where(inArray(inspections.unitId, await ctx.units.within(ctx.unit.id)))
    .orderBy(desc(inspections.openedAt))
    .limit(MOST);
  return await shown(ctx, rows);
}

/** What inspections of the unit itself have found, once they are closed: counts and words, and no petition. */
export async function inspectedHere(ctx: WatchCtx) {
  const rows = await ctx.db
    .select()
    .from(inspections)
    .where(and(eq(inspections.aboutUnit, ctx.unit.id), isNotNull(inspections.closedAt)))
    .orderBy(desc(inspections.closedAt))
    .limit(MOST);
  return await shown(ctx, rows);
}

/** One with its sample: of the petitions those that the asker may open. @throws refusal `inspection` */
export async function oneInspection(ctx: WatchCtx, inspectionId: Id) {
  const [row] = await ctx.db
    .select()
    .from(inspections)
    .where(and(eq(inspections.id, inspectionId), inArray(inspections.unitId, await ctx.units.within(ctx.unit.id))));
  if (!row) throw refuse("inspection");
  const [view] = await shown(ctx, [row]);
  const sample = await ctx.db
    .select()
    .from(inspected)
    .where(eq(inspected.inspectionId, inspectionId))
    .orderBy(asc(inspected.no));
  const petitions = await Promise.all(sample.map((one) => seen(ctx, one.caseId)));
  const { mine, everybodys } = await ownWorkAmong(
    ctx,
    sample.map((one) => one.caseId),
  );
  if (!view) throw refuse("inspection");
  return {
    ...view,
    sample: sample.flatMap(({ caseId, results, note, checkedAt }, n) => {
      const petition = petitions[n];
      return petition
        ? [
            {
              caseId,
              caseNo: petition.caseNo,
              title: petition.title,
              results,
              note,
              isDone: checkedAt !== null,
              ...{ isMine: mine.has(caseId), isEverybodys: everybodys.has(caseId) },
            },
          ]
        : [];
    }),
  };
}

/** Units right below, for a new one. */
export const inspectable = async (ctx: WatchCtx) =>
  (await ctx.units.children(ctx.unit.id)).map(({ id, name }) => ({ id, name }));

/** Petitions that are gone, or have become accusations, are in no sample. */
export async function forgetInspected(ctx: JobCtx, caseIds: readonly Id[]): Promise<void> {
  for (const caseId of caseIds) {
    await ctx.db.delete(concluded).where(eq(concluded.caseId, caseId));
    await ctx.db.delete(inspected).where(eq(inspected.caseId, caseId));
    await ctx.db
      .update(inspections)
      .set({ pool: sql`array_remove(${inspections.pool}, ${caseId}::uuid)` })
      .where(arrayContains(inspections.pool, [caseId]));
  }
}

/** Petitions that were drawn from here, or concluded here, and may be heard of no more. */
export async function forgetSealedInspected(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db
    .select({ pool: inspections.pool })
    .from(inspections)
    .where(eq(inspections.unitId, ctx.unit.id));
  const here = await ctx.db
    .select({ caseId: concluded.caseId })
    .from(concluded)
    .where(eq(concluded.unitId, ctx.unit.id));
  const ids = [...new Set([...kept.flatMap((one) => one.pool), ...here.map((one) => one.caseId)])];
  if (ids.length === 0) return;
  const heard = new Set(await ctx.events.heard(ids));
  await forgetInspected(
    ctx,
    ids.filter((one) => !heard.has(one)),
  );
}
