import type { CaseBrief, Id } from "@doorstep/sdk";
import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { checks, items, reviews } from "../schema.ts";
import {
  begin,
  counted,
  dayAt,
  type Item,
  isCounted,
  isHere,
  itemOf,
  type KeepCtx,
  meOf,
  pathOf,
  seen,
  todayOf,
} from "./item-ctx.ts";
import { thirdUnits } from "./third-units.ts";

/** So many stand on a page. */
const PAGE = 50;
/** So many are asked for at once. */
const VISIBLE = 2_000;
const MOST = 100;
const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;

const daysSince = (ctx: KeepCtx, at: string): number =>
  (Date.parse(todayOf(ctx)) - Date.parse(dayAt(ctx, at))) / DAY_MS;

const briefOf = (ctx: KeepCtx, petition: CaseBrief) => ({
  ...{ caseId: petition.caseId, caseNo: petition.caseNo, title: petition.title, holder: petition.holder.name },
  ...{ ageDays: daysSince(ctx, petition.receivedAt), caseState: petition.state },
});

/** One of a list: how old, why, what is done, and what is missing. */
async function row(ctx: KeepCtx, petition: CaseBrief, item: Item | undefined) {
  const [last] = item
    ? await ctx.db
        .select({ at: reviews.writtenAt })
        .from(reviews)
        .where(eq(reviews.itemId, item.id))
        .orderBy(desc(reviews.writtenAt))
        .limit(1)
    : [];
  const since = last?.at ?? item?.enteredAt ?? ctx.now;
  const state = item?.state ?? "open";
  return {
    ...briefOf(ctx, petition),
    ...{ state, reasons: item?.reasons ?? [], cause: item?.cause ?? null, class: item?.class ?? null },
    ...{ counted: item?.leftAt == null, lookOn: item?.lookOn ?? null },
    isDue: state === "struck" ? (item?.lookOn ?? "9999") <= todayOf(ctx) : daysSince(ctx, since) > MONTH_DAYS,
  };
}

/** Those of these that nobody works on yet. */
async function unknownOf(ctx: KeepCtx, some: readonly CaseBrief[]): Promise<readonly CaseBrief[]> {
  if (some.length === 0) return [];
  const ids = some.map((one) => one.caseId);
  const kept = await ctx.db
    .select({ caseId: items.caseId })
    .from(items)
    .where(and(inArray(items.caseId, ids), ne(items.state, "closed")));
  const known = new Set(kept.map((one) => one.caseId));
  return some.filter((one) => !known.has(one.caseId));
}

/** What became backlog while the module was off begins now, so that it stands in the list and is reviewed. */
async function takeIn(ctx: KeepCtx): Promise<void> {
  for await (const some of counted(ctx))
    for (const { caseId, holder } of await unknownOf(ctx, some))
      await begin(ctx, caseId, await pathOf(ctx, holder.id), { enteredAt: ctx.now, reasons: [] });
}

/** The day on which the next thing is due: the month's review, or the look back. */
const nextOn = sql<string>`coalesce(${items.lookOn}, ((select coalesce(max(r.written_at), ${items.enteredAt})
  from ${reviews} r where r.item_id = ${items.id}) + make_interval(days => ${MONTH_DAYS}))::date)`;

/** Those of these that the asker may see. */
async function visible(ctx: KeepCtx, all: readonly Item[]): Promise<readonly Item[]> {
  const seenIds = new Set<Id>();
  for (let at = 0; at < all.length; at += VISIBLE)
    for (const id of await ctx.cases.visible(all.slice(at, at + VISIBLE).map((one) => one.caseId))) seenIds.add(id);
  return all.filter((one) => seenIds.has(one.caseId));
}

/**
 * One page of the backlog of the unit and below, the nearest day first: what the platform counts and what waits for its check; or
 * what was struck off. How many there are in all is counted by what the asker may see.
 */
export async function list(ctx: KeepCtx, which: "open" | "struck", page = 0, size = PAGE) {
  if (which === "open") await takeIn(ctx);
  const states = which === "open" ? (["open", "checking", "checked"] as const) : (["struck", "closed"] as const);
  const known = await ctx.db
    .select()
    .from(items)
    .where(and(inArray(sql`${items.path}[1]`, await ctx.units.within(ctx.unit.id)), inArray(items.state, states)))
    .orderBy(nextOn, asc(items.enteredAt), asc(items.id));
  const all = await visible(ctx, known);
  const found = await Promise.all(
    all.slice(page * size, (page + 1) * size).map(async (item) => {
      const petition = await seen(ctx, item.caseId);
      return petition ? [await row(ctx, petition, item)] : [];
    }),
  );
  return { items: found.flat(), total: all.length, page, size };
}

/** Which unit is asked to check it, or was. */
async function askedUnit(ctx: KeepCtx, item: Item | undefined) {
  const checkUnitId = item?.checkUnit ?? null;
  return { checkUnitId, checkUnit: checkUnitId === null ? null : ((await ctx.units.get(checkUnitId))?.name ?? null) };
}

/** The whole story of one, for whoever may see the petition; `null` where it never was backlog. */
export async function ofCase(ctx: KeepCtx, caseId: Id) {
  const petition = await seen(ctx, caseId);
  if (!petition) return null;
  const [item] = await ctx.db
    .select()
    .from(items)
    .where(eq(items.caseId, caseId))
    .orderBy(desc(items.enteredAt))
    .limit(1);
  if (!item && !(await isCounted(ctx, caseId))) return null;
  const [said, found] = item
    ? await Promise.all([
        ctx.db.select().from(reviews).where(eq(reviews.itemId, item.id)).orderBy(desc(reviews.writtenAt)),
        ctx.db.select().from(checks).where(eq(checks.itemId, item.id)).orderBy(desc(checks.writtenAt)),
      ])
    : [[], []];
  const units = new Map(
    await Promise.all(found.map(async (one) => [one.unitId, (await ctx.units.get(one.unitId))?.name ?? null] as const)),
  );
  const isOurs = !item || (await isHere(ctx, item.path));
  const asked = await askedUnit(ctx, item);
  return {
    ...(await row(ctx, petition, item)),
    ...{ measures: item?.measures ?? "", leaderId: item?.leaderId ?? null, ...asked },
    ...{ how: item?.how ?? null, struckWords: item?.struckWords ?? "", lookWords: item?.lookWords ?? "" },
    reviews: said.map((one) => ({ on: dayAt(ctx, one.writtenAt), words: one.words })),
    checks: found.map(({ unitId, interviewedOn, kept, ok, words }) => ({
      ...{ unit: units.get(unitId) ?? null, interviewedOn, kept, ok, words },
    })),
    mayKeep: isOurs && ctx.can("keep"),
    mayLookBack: isOurs && ctx.can("keep") && item?.struckBy !== meOf(ctx),
    mayCheck: item?.state === "checking" && item.checkUnit === ctx.unit.id && ctx.can("check"),
  };
}

/** Whom one may ask to lead it, and which units may check it. */
export async function choices(ctx: KeepCtx, caseId: Id) {
  const item = await itemOf(ctx, caseId);
  const [leaders, units] = [await ctx.people.holding("chargeLeader"), await thirdUnits(ctx, item)];
  return {
    leaders: leaders.map(({ id, name, unit }) => ({ id, name, unit })),
    units: units.map(({ id, name }) => ({ id, name })),
  };
}

/** What the unit itself is asked to check. */
export async function toCheck(ctx: KeepCtx) {
  const rows = await ctx.db
    .select()
    .from(items)
    .where(and(eq(items.checkUnit, ctx.unit.id), eq(items.state, "checking")))
    .orderBy(asc(items.enteredAt))
    .limit(MOST);
  const found = await Promise.all(
    rows.map(async (item) => {
      const petition = await seen(ctx, item.caseId);
      return petition ? [await row(ctx, petition, item)] : [];
    }),
  );
  return found.flat();
}
