import { dayOf, type FeedFact, type Id } from "@doorstep/sdk";
import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { JobCtx } from "../indicators-ctx.ts";
import { entries, progress, records } from "../schema.ts";
import { remakeMonth, replaceCounted } from "./cells.ts";
import { countCase, FORMULAS } from "./count-case.ts";
import { recordOf } from "./record-of.ts";

type Db = Pick<JobCtx["db"], "select" | "insert" | "delete">;

interface Place {
  readonly zone: string;
  readonly path: readonly Id[];
}

/** Units as they are asked for; each once. */
function placesBy(ctx: JobCtx) {
  const known = new Map<Id, Place>();
  return async (ids: Iterable<Id>): Promise<ReadonlyMap<Id, Place>> => {
    for (const id of ids) {
      if (known.has(id)) continue;
      const unit = await ctx.units.get(id);
      const above = await ctx.units.above(id);
      known.set(id, { zone: unit?.timeZone ?? ctx.unit.timeZone, path: [id, ...above.map((one) => one.id)] });
    }
    return known;
  };
}

/** When somebody came back with a matter of these in a petition of its own. */
async function returnsTo(db: Db, ids: readonly Id[]): Promise<ReadonlyMap<string, readonly Return[]>> {
  const of = sql<string>`${entries.facts}->>'of'`;
  const rows = await db
    .select({ of, at: entries.at, unitId: sql<string>`${entries.facts}->>'unit'` })
    .from(entries)
    .where(
      and(
        eq(entries.type, "case.repeatJudged"),
        inArray(of, [...ids]),
        inArray(sql`${entries.facts}->>'kind'`, ["again", "newFacts"]),
      ),
    );
  return Map.groupBy(rows, (row) => row.of);
}

interface Return {
  readonly at: string;
  readonly unitId: Id;
}

/** Those, and what a judgement among them says was brought before. */
const touchedBy = (facts: readonly FeedFact[]): ReadonlySet<Id> =>
  new Set(
    facts.flatMap(({ caseId, type, facts: { of } }) =>
      type === "case.repeatJudged" && typeof of === "string" ? [caseId, of] : [caseId],
    ),
  );

/** Counts petitions anew by all that is known of them. */
async function recount(db: Db, ids: readonly Id[], placesOf: ReturnType<typeof placesBy>): Promise<void> {
  const rows = await db
    .select()
    .from(entries)
    .where(inArray(entries.caseId, [...ids]))
    .orderBy(asc(entries.seq));
  const returns = await returnsTo(db, ids);
  const units = rows.flatMap(({ facts }) => [facts.unit, facts.fromUnit].filter((id) => typeof id === "string"));
  const places = await placesOf(new Set(units));
  const zoneOf = (unitId: Id): string => places.get(unitId)?.zone ?? "UTC";
  const againOf = (caseId: Id): readonly string[] =>
    (returns.get(caseId) ?? []).map(({ at, unitId }) => dayOf(at, zoneOf(unitId)));
  const all = [...Map.groupBy(rows, (row) => row.caseId)].flatMap(([caseId, own]) =>
    countCase(own, zoneOf, againOf(caseId)).map((one, no) => ({
      ...{ ...one, caseId, no, marks: [...one.marks] },
      path: [...(places.get(one.unitId)?.path ?? [one.unitId])],
    })),
  );
  await replaceCounted(db, ids, all);
  const stated = rows.flatMap((row) => {
    const record = recordOf(row);
    return record ? [{ ...record, path: [...(places.get(record.unitId)?.path ?? [record.unitId])] }] : [];
  });
  if (stated.length === 0) return;
  await db.delete(records).where(
    inArray(
      records.caseId,
      stated.map((one) => one.caseId),
    ),
  );
  await db.insert(records).values(stated);
}

const rowsOf = (facts: readonly FeedFact[]) =>
  facts.map(({ caseId, seq, at, type, facts: said }) => ({ caseId, seq, at, type, facts: said }));

/** Told a second time, it is what it is told now. */
async function keep(db: Db, facts: readonly FeedFact[]): Promise<void> {
  await db
    .insert(entries)
    .values(rowsOf(facts))
    .onConflictDoUpdate({
      target: [entries.caseId, entries.seq],
      set: { at: sql`excluded.at`, type: sql`excluded.type`, facts: sql`excluded.facts` },
    });
}

/** Before every day there is. */
const FIRST = "0001-01-01";

/**
 * Where the feed is to be read on; from its start where other formulas have counted so far. What they counted stays until its
 * petition is reached, so that a number is never nought meanwhile, and nothing is released until all of it is counted anew.
 */
async function startOf(ctx: JobCtx): Promise<string | null> {
  const [known] = await ctx.db.select().from(progress);
  if (known?.formulas === FORMULAS) return known.next;
  const anew = { formulas: FORMULAS, next: null, wholeUntil: null, cellsFrom: known ? FIRST : null };
  await ctx.db
    .insert(progress)
    .values({ id: 1, ...anew })
    .onConflictDoUpdate({ target: progress.id, set: anew, setWhere: ne(progress.formulas, FORMULAS) });
  return null;
}

/** After all was counted anew the cells are made anew too, month by month, each kept with how far it went. @returns whether all are */
async function remakeCells(ctx: JobCtx): Promise<boolean> {
  while (!ctx.signal.aborted) {
    const isMade = await ctx.db.transaction(async (tx) => {
      const [known] = await tx.select({ from: progress.cellsFrom }).from(progress).for("update");
      if (!known?.from) return true;
      await tx.update(progress).set({ cellsFrom: await remakeMonth(tx, known.from) });
      return false;
    });
    if (isMade) return true;
  }
  return false;
}

/**
 * Reads what is new in the ledger and counts the petitions it is about. Each page is kept together with how far it goes, so that
 * whoever ends in the midst goes on from there; where two read at once the second leaves the page to the first.
 *
 * @returns whether it was read to its end
 */
async function readOn(ctx: JobCtx): Promise<boolean> {
  const placesOf = placesBy(ctx);
  let next = await startOf(ctx);
  while (!ctx.signal.aborted) {
    const page = await ctx.feed.read(next);
    if (page.next === next) return true;
    const from = next;
    const isOurs = await ctx.db.transaction(async (tx) => {
      const [known] = await tx.select({ next: progress.next }).from(progress).for("update");
      if (known?.next !== from) return false;
      if (page.facts.length > 0) {
        await keep(tx, page.facts);
        await recount(tx, [...touchedBy(page.facts)], placesOf);
      }
      await tx.update(progress).set({ next: page.next }).where(eq(progress.id, 1));
      return true;
    });
    if (!isOurs) return false;
    next = page.next;
  }
  return false;
}

/** The repeated work: afterwards all that was committed before this call began is counted. */
export async function readFeed(ctx: JobCtx): Promise<void> {
  if ((await readOn(ctx)) && (await remakeCells(ctx)))
    await ctx.db.update(progress).set({ wholeUntil: ctx.now }).where(eq(progress.id, 1));
}

/**
 * What has just happened is counted at once; what cannot be read yet waits for the repeated work. So does all of the ledger, the
 * first time and where formulas have changed: that takes longer than an event may.
 */
export async function readNews(ctx: JobCtx): Promise<void> {
  const [known] = await ctx.db.select().from(progress);
  if (known?.formulas === FORMULAS && known.wholeUntil !== null) await readOn(ctx);
}

/** With the petition goes what is counted of it. */
export async function forgetCases(db: Db, ids: readonly Id[]): Promise<void> {
  await db.delete(entries).where(inArray(entries.caseId, [...ids]));
  await replaceCounted(db, ids, []);
  await db.delete(records).where(inArray(records.caseId, [...ids]));
}

const AT_ONCE = 1_000;

/** What has become an accusation since, or is gone, leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  for (let after = "00000000-0000-0000-0000-000000000000"; !ctx.signal.aborted; ) {
    const page = await ctx.db
      .selectDistinct({ caseId: entries.caseId })
      .from(entries)
      .where(sql`${entries.caseId} > ${after}`)
      .orderBy(asc(entries.caseId))
      .limit(AT_ONCE);
    const ids = page.map((one) => one.caseId);
    const last = ids.at(-1);
    if (last === undefined) return;
    const heard = new Set(await ctx.events.heard(ids));
    const gone = ids.filter((one) => !heard.has(one));
    if (gone.length > 0) await forgetCases(ctx.db, gone);
    after = last;
  }
}
