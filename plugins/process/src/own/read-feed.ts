import { dayOf, type FeedFact, type Id } from "@doorstep/sdk";
import { asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { JobCtx } from "../process-ctx.ts";
import { petitions, progress, steps } from "../schema.ts";
import { isStep } from "./step-codes.ts";

type Db = Pick<JobCtx["db"], "insert" | "update" | "delete">;

const stepsIn = (facts: readonly FeedFact[]) =>
  facts.flatMap(({ caseId, seq, at, type, by, facts: said }) =>
    isStep(type) ? [{ caseId, seq, at, code: type, by, unitId: typeof said.unit === "string" ? said.unit : null }] : [],
  );

/** Each unit is asked for once in a run. */
function unitsBy(ctx: JobCtx) {
  const known = new Map<Id, { readonly zone: string; readonly path: readonly Id[] }>();
  return async (id: Id) => {
    const found = known.get(id);
    if (found) return found;
    const [unit, above] = await Promise.all([ctx.units.get(id), ctx.units.above(id)]);
    const one = { zone: unit?.timeZone ?? ctx.unit.timeZone, path: [id, ...above.map((each) => each.id)] };
    known.set(id, one);
    return one;
  };
}

type Unit = Awaited<ReturnType<ReturnType<typeof unitsBy>>>;

const uuids = (ids: Iterable<Id>) =>
  sql`array[${sql.join(
    [...new Set(ids)].map((id) => sql`${id}::uuid`),
    sql`, `,
  )}]::uuid[]`;
const withAlso = (known: typeof petitions.units | typeof petitions.paths, more: Iterable<Id>) =>
  sql`array(select distinct unnest(${known} || ${uuids(more)}))`;

/**
 * Keeps what is new. A petition is known once it is received here: records that were taken over went their way elsewhere. Where
 * a page comes twice nothing changes.
 */
async function keep(db: Db, facts: readonly FeedFact[], unitOf: (id: Id) => Promise<Unit>): Promise<void> {
  const all = stepsIn(facts);
  if (all.length === 0) return;
  await db.insert(steps).values(all).onConflictDoNothing();
  for (const [caseId, own] of Map.groupBy(all, (step) => step.caseId)) {
    const units = own.flatMap(({ unitId }) => (unitId ? [unitId] : []));
    const places = await Promise.all(units.map(unitOf));
    const received = own.find(({ code }) => code === "case.received");
    if (received) {
      const begun = dayOf(received.at, places[0]?.zone ?? "UTC");
      await db.insert(petitions).values({ caseId, begun, units: [], paths: [] }).onConflictDoNothing();
    }
    if (units.length === 0) continue;
    const paths = places.flatMap(({ path }) => path);
    await db
      .update(petitions)
      .set({ units: withAlso(petitions.units, units), paths: withAlso(petitions.paths, paths) })
      .where(eq(petitions.caseId, caseId));
  }
}

/** Reads what is new in the ledger, page by page, each kept together with how far it goes. */
export async function readFeed(ctx: JobCtx): Promise<void> {
  const unitOf = unitsBy(ctx);
  const [known] = await ctx.db.select({ next: progress.next }).from(progress);
  for (let after = known?.next ?? null; !ctx.signal.aborted; ) {
    const page = await ctx.feed.read(after);
    if (page.next === after) return;
    await ctx.db.transaction(async (tx) => {
      await keep(tx, page.facts, unitOf);
      const next = page.next;
      await tx.insert(progress).values({ id: 1, next }).onConflictDoUpdate({ target: progress.id, set: { next } });
    });
    after = page.next;
  }
}

/** With the petition goes its way. */
export async function forgetPetitions(db: Db, ids: readonly Id[]): Promise<void> {
  await db.delete(steps).where(inArray(steps.caseId, [...ids]));
  await db.delete(petitions).where(inArray(petitions.caseId, [...ids]));
}

const AT_ONCE = 1_000;
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** What has become an accusation since, or is gone, leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  for (let after: Id | undefined = NOBODY; after !== undefined && !ctx.signal.aborted; ) {
    const page: readonly { readonly caseId: Id }[] = await ctx.db
      .selectDistinct({ caseId: steps.caseId })
      .from(steps)
      .where(gt(steps.caseId, after))
      .orderBy(asc(steps.caseId))
      .limit(AT_ONCE);
    const ids = page.map(({ caseId }) => caseId);
    const heard = new Set(ids.length > 0 ? await ctx.events.heard(ids) : []);
    const gone = ids.filter((id) => !heard.has(id));
    if (gone.length > 0) await forgetPetitions(ctx.db, gone);
    after = ids.at(-1);
  }
}
