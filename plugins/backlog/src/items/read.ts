import type { CaseBrief, Id } from "@doorstep/sdk";
import { and, arrayContains, asc, desc, eq, inArray } from "drizzle-orm";
import { checks, items, reviews } from "../schema.ts";
import { dayAt, type Item, itemOf, type KeepCtx, meOf, seen, todayOf } from "./item-ctx.ts";
import { thirdUnits } from "./third-units.ts";

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

/** The backlog of the unit and below: what the platform counts, and what waits for its check; or what was struck off. */
export async function list(ctx: KeepCtx, which: "open" | "struck") {
  const states = which === "open" ? (["open", "checking", "checked"] as const) : (["struck", "closed"] as const);
  const known = await ctx.db
    .select()
    .from(items)
    .where(and(arrayContains(items.path, [ctx.unit.id]), inArray(items.state, states)))
    .orderBy(asc(items.enteredAt))
    .limit(MOST);
  const counted = which === "open" ? await ctx.cases.find({ backlog: true, limit: MOST }) : [];
  const fresh = await withoutItem(ctx, counted);
  const found = await Promise.all(
    known.map(async (item) => {
      const petition = await seen(ctx, item.caseId);
      return petition ? [await row(ctx, petition, item)] : [];
    }),
  );
  const others = await Promise.all(fresh.map((petition) => row(ctx, petition, undefined)));
  return [...found.flat(), ...others].toSorted((a, b) => b.ageDays - a.ageDays);
}

async function withoutItem(ctx: KeepCtx, found: readonly CaseBrief[]): Promise<readonly CaseBrief[]> {
  const open = found.filter((one) => one.category !== "accusation");
  if (open.length === 0) return [];
  const ids = open.map((one) => one.caseId);
  const kept = await ctx.db
    .select({ caseId: items.caseId })
    .from(items)
    .where(and(inArray(items.caseId, ids), inArray(items.state, ["open", "checking", "checked", "struck"])));
  const known = new Set(kept.map((one) => one.caseId));
  return open.filter((one) => !known.has(one.caseId));
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
  if (!item && !(await ctx.cases.find({ backlog: true, limit: MOST })).some((one) => one.caseId === caseId))
    return null;
  const [said, found] = item
    ? await Promise.all([
        ctx.db.select().from(reviews).where(eq(reviews.itemId, item.id)).orderBy(desc(reviews.writtenAt)),
        ctx.db.select().from(checks).where(eq(checks.itemId, item.id)).orderBy(desc(checks.writtenAt)),
      ])
    : [[], []];
  const units = new Map(
    await Promise.all(found.map(async (one) => [one.unitId, (await ctx.units.get(one.unitId))?.name ?? null] as const)),
  );
  const isHere = !item || item.path.includes(ctx.unit.id);
  const checkUnit = item?.checkUnit ? ((await ctx.units.get(item.checkUnit))?.name ?? null) : null;
  return {
    ...(await row(ctx, petition, item)),
    ...{ measures: item?.measures ?? "", leaderId: item?.leaderId ?? null, checkUnit },
    ...{ how: item?.how ?? null, struckWords: item?.struckWords ?? "", lookWords: item?.lookWords ?? "" },
    reviews: said.map((one) => ({ on: dayAt(ctx, one.writtenAt), words: one.words })),
    checks: found.map(({ unitId, interviewedOn, kept, ok, words }) => ({
      ...{ unit: units.get(unitId) ?? null, interviewedOn, kept, ok, words },
    })),
    mayKeep: isHere && ctx.can("keep"),
    mayLookBack: isHere && ctx.can("keep") && item?.struckBy !== meOf(ctx),
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
