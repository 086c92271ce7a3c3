import type { Id } from "@doorstep/sdk";
import { and, asc, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { LookCtx } from "../indicators-ctx.ts";
import { records } from "../schema.ts";
import { type CountedRecord, figuresOf, groupsBy } from "./register-figures.ts";

/** More are not counted in one call: a shorter period, or a unit below, has fewer. */
const MOST = 20_000;
/** So many are asked of the kernel at once. */
const AT_ONCE = 2_000;
const TOPICS = 20;

const at = (ctx: LookCtx, below: boolean): SQL =>
  below ? sql`${records.path} @> array[${ctx.unit.id}::uuid]` : eq(records.unitId, ctx.unit.id);

/** Those of them that whoever asks may open. */
async function visibleAmong(ctx: LookCtx, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  const visible = new Set<Id>();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    for (const id of await ctx.cases.visible(ids.slice(from, from + AT_ONCE))) visible.add(id);
  return visible;
}

/** The registers of which the unit or those below it have records; a name, and the years that they are of. */
export async function registersOf(ctx: LookCtx) {
  const rows = await ctx.db
    .select({
      source: records.source,
      months: sql<string[]>`array_agg(distinct to_char(${records.receivedOn}, 'YYYY-MM'))`,
    })
    .from(records)
    .where(at(ctx, true))
    .groupBy(records.source)
    .orderBy(asc(records.source));
  return rows.map(({ source, months }) => ({ source, months: months.toSorted() }));
}

export interface RegisterAsked {
  readonly source: string;
  /** with the units below */
  readonly below: boolean;
  /** a year or a month of receipt; absent: all of it */
  readonly period?: string | undefined;
}

/** Whether the same petitioner stands in the register with an earlier record. */
const isRepeat = sql<boolean>`exists (select 1 from ${records} e where e.first_id = ${records}.first_id
  and (e.received_at, e.case_id) < (${records}.received_at, ${records}.case_id))`;

const nextOf = (period: string): string => {
  const [year = 0, month] = period.split("-").map(Number);
  return new Date(Date.UTC(month === undefined ? year + 1 : year, month ?? 0, 1)).toISOString().slice(0, 10);
};

/** @returns the days of a period: from, and the first one after it */
const daysOf = (period: string): readonly [string, string] => [
  period.length === 4 ? `${period}-01-01` : `${period}-01`,
  nextOf(period),
];

async function seenOf(
  ctx: LookCtx,
  { source, below, period }: RegisterAsked,
): Promise<readonly CountedRecord[] | null> {
  const [from, to] = period === undefined ? [] : daysOf(period);
  const rows = await ctx.db
    .select({ ...getTableColumns(records), isRepeat })
    .from(records)
    .where(
      and(
        eq(records.source, source),
        at(ctx, below),
        from === undefined ? undefined : sql`${records.receivedOn} >= ${from} and ${records.receivedOn} < ${to}`,
      ),
    )
    .limit(MOST + 1);
  if (rows.length > MOST) return null;
  const visible = await visibleAmong(
    ctx,
    rows.map((row) => row.caseId),
  );
  return rows.filter((row) => visible.has(row.caseId)).map((row) => ({ ...row, isNamed: row.firstId !== null }));
}

/**
 * The figures of an old register, of records that whoever asks may open, by the days that it states: of all of them, and by
 * unit, month and topic. `null` where there are too many to be counted at once.
 */
export async function registerOf(ctx: LookCtx, asked: RegisterAsked) {
  const seen = await seenOf(ctx, asked);
  if (!seen) return null;
  const topics = groupsBy(seen, (one) => one.topic);
  const units = groupsBy(seen, (one) => one.unitId);
  const names = await Promise.all(units.map(({ key }) => ctx.units.get(key ?? "")));
  return {
    all: figuresOf(seen),
    units: units.map((group, n) => ({ ...group, code: names[n]?.code ?? "", name: names[n]?.name ?? null })),
    months: groupsBy(seen, (one) => one.receivedOn.slice(0, 7)).toSorted((a, b) =>
      (a.key ?? "").localeCompare(b.key ?? ""),
    ),
    topics: topics.slice(0, TOPICS),
    moreTopics: Math.max(0, topics.length - TOPICS),
  };
}
