import { dayOf, type FeedFact, type Id } from "@doorstep/sdk";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { JobCtx } from "../indicators-ctx.ts";
import { counted, entries, progress, records } from "../schema.ts";
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
  const units = rows.flatMap(({ facts }) => (typeof facts.unit === "string" ? [facts.unit] : []));
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
  await db.delete(counted).where(inArray(counted.caseId, [...ids]));
  if (all.length > 0) await db.insert(counted).values(all);
  const stated = rows.flatMap((row) => {
    const record = recordOf(row);
    return record ? [{ ...record, path: [...(places.get(record.unitId)?.path ?? [record.unitId])] }] : [];
  });
  if (stated.length > 0) await db.insert(records).values(stated).onConflictDoNothing();
}

const rowsOf = (facts: readonly FeedFact[]) =>
  facts.map(({ caseId, seq, at, type, facts: said }) => ({ caseId, seq, at, type, facts: said }));

/** Where the feed is to be read on; from its start where other formulas have counted so far. */
async function startOf(ctx: JobCtx): Promise<string | null> {
  const [known] = await ctx.db.select().from(progress);
  if (known?.formulas === FORMULAS) return known.next;
  await ctx.db.transaction(async (tx) => {
    await tx.delete(counted);
    await tx.delete(records);
    await tx.delete(entries);
    await tx.delete(progress);
    await tx.insert(progress).values({ id: 1, formulas: FORMULAS });
  });
  return null;
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
        await tx.insert(entries).values(rowsOf(page.facts)).onConflictDoNothing();
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
  if (await readOn(ctx)) await ctx.db.update(progress).set({ wholeUntil: ctx.now }).where(eq(progress.id, 1));
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
  await db.delete(counted).where(inArray(counted.caseId, [...ids]));
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
