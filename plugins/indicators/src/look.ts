import { DoorstepError, dayOf, type Id, type ReleasedFigures } from "@doorstep/sdk";
import { and, between, eq, sql } from "drizzle-orm";
import { type IndicatorCode, indicatorCodes, indicatorOf, type Thing, things } from "./facts/things.ts";
import type { LookCtx } from "./indicators-ctx.ts";
import { rowOf } from "./others.ts";
import { percentile } from "./percentile.ts";
import { plugin } from "./plugin.ts";
import { counted } from "./schema.ts";

/** Which figures are looked at: a month of the call's unit. */
export interface Looked {
  readonly month: string;
  /** with the units below */
  readonly below: boolean;
  /** absent: all of them */
  readonly category?: string | undefined;
  readonly channel?: string | undefined;
  /** a unit below the call's; absent: the call's own */
  readonly at?: Id | undefined;
}

export interface Share {
  readonly above: number;
  readonly below: number;
}

/** So many are asked of the kernel at once. */
const AT_ONCE = 2_000;

type Row = Pick<typeof counted.$inferSelect, "caseId" | "no" | "day" | "marks" | "days" | "hops" | "track">;

/** Whether whoever asks may open a petition, asked once in a call: most petitions of a month stand behind several numbers. */
type Known = Map<string, boolean>;

async function askAll(ctx: LookCtx, ids: Iterable<string>, known: Known): Promise<void> {
  const unknown = [...new Set(ids)].filter((id) => !known.has(id));
  for (let at = 0; at < unknown.length; at += AT_ONCE) {
    const some = unknown.slice(at, at + AT_ONCE);
    const visible = new Set(await ctx.cases.visible(some));
    for (const id of some) known.set(id, visible.has(id));
  }
}

const lastDay = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** What is counted when it happens; all else has a day, and what has its day still to come is not missed. */
const happens: ReadonlySet<Thing> = new Set(["registration", "answer", "suggestion", "charge"]);
const isDue = (row: Row, thing: Thing, today: string): boolean => happens.has(thing) || row.day < today;

/** What there is of a thing, however much, of petitions that whoever asks may open. */
async function seenOf(
  ctx: LookCtx,
  { month, below, category, channel, at = ctx.unit.id }: Looked,
  thing: Thing,
  known: Known,
): Promise<readonly Row[]> {
  const rows = await ctx.db
    .select({
      ...{ caseId: counted.caseId, no: counted.no, day: counted.day, marks: counted.marks },
      ...{ days: counted.days, hops: counted.hops, track: counted.track },
    })
    .from(counted)
    .where(
      and(
        eq(counted.thing, thing),
        between(counted.day, `${month}-01`, lastDay(month)),
        category === undefined ? undefined : eq(counted.category, category),
        channel === undefined ? undefined : eq(counted.channel, channel),
        sql`${counted.path} @> array[${ctx.unit.id}::uuid, ${at}::uuid]`,
        below ? undefined : eq(counted.unitId, at),
      ),
    )
    .orderBy(counted.day, counted.caseId);
  const today = dayOf(ctx.now, ctx.unit.timeZone);
  const due = rows.filter((row) => isDue(row, thing, today));
  await askAll(
    ctx,
    due.map((row) => row.caseId),
    known,
  );
  return due.filter((row) => known.get(row.caseId));
}

const holds = (row: Row, mark: string | undefined): boolean => mark === undefined || row.marks.includes(mark);

function shareOf(code: IndicatorCode, rows: readonly Row[]): Share {
  const { above, below } = indicatorOf(code);
  const all = rows.filter((row) => holds(row, below));
  return { above: all.filter((row) => holds(row, above)).length, below: all.length };
}

/** What the exact numbers are like: the middle one, and the one that nine of ten do not exceed. */
export interface Spread {
  readonly track: string;
  readonly count: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly mean: number;
}

/** Of all tracks together, and of each [SPEC §13, I9]. */
function spreadsOf(code: IndicatorCode, rows: readonly Row[]): readonly Spread[] {
  const { spread } = indicatorOf(code);
  if (!spread) return [];
  const known = rows.flatMap((row) => (row[spread] === null ? [] : [{ track: row.track, value: row[spread] }]));
  const groups = [["all", known] as const, ...(spread === "days" ? Map.groupBy(known, (one) => one.track) : [])];
  return groups.flatMap(([track, all]) => {
    const sorted = all.map((one) => one.value).toSorted((a, b) => a - b);
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    const shape = { median: percentile(sorted, 0.5), ninetieth: percentile(sorted, 0.9), mean };
    return sorted.length === 0 ? [] : [{ track, count: sorted.length, ...shape }];
  });
}

/** The same of what was released; a hidden number is none. */
function releasedShare(code: IndicatorCode, figures: ReleasedFigures | undefined) {
  if (!figures) return null;
  const { above, below } = indicatorOf(code);
  return {
    above: figures.measures[above]?.yes ?? null,
    below: below === undefined ? figures.total : (figures.measures[below]?.yes ?? null),
    number: figures.number,
    releasedAt: figures.releasedAt,
  };
}

/** Every indicator of a month: exact, by petitions the asker may open, and as it was released for everybody. */
export async function monthOf(ctx: LookCtx, looked: Looked) {
  const known: Known = new Map();
  const live = new Map<Thing, readonly Row[]>();
  const released = new Map<Thing, ReleasedFigures | undefined>();
  // What is released has shares of the whole alone: of a part too few would stand out.
  const isWhole = looked.category === undefined && looked.channel === undefined;
  for (const thing of Object.keys(things) as Thing[]) {
    live.set(thing, await seenOf(ctx, looked, thing, known));
    if (!isWhole) continue;
    const dataset = `${plugin.id}/${thing}`;
    const figures = await ctx.datasets.read({ dataset, from: looked.month, to: looked.month });
    released.set(thing, rowOf(figures, looked.below));
  }
  return {
    indicators: indicatorCodes.map((code) => {
      const { thing } = indicatorOf(code);
      const rows = live.get(thing) ?? [];
      return {
        code,
        live: shareOf(code, rows),
        spreads: spreadsOf(code, rows),
        released: releasedShare(code, released.get(thing)),
      };
    }),
  };
}

const LISTED = 50;

/** The petitions behind a number, those it lacks first. */
export async function casesOf(ctx: LookCtx, looked: Looked, code: IndicatorCode) {
  const { thing, above, below } = indicatorOf(code);
  const rows = await seenOf(ctx, looked, thing, new Map());
  const all = rows
    .filter((row) => holds(row, below))
    .map((row) => ({ key: `${row.caseId} ${row.no}`, caseId: row.caseId, day: row.day, counts: holds(row, above) }))
    .toSorted((a, b) => Number(a.counts) - Number(b.counts));
  return { total: all.length, cases: await listed(ctx, all) };
}

/** The first of some petitions, with their numbers and titles. */
async function listed<T extends { readonly caseId: Id; readonly day: string; readonly key: string }>(
  ctx: LookCtx,
  all: readonly T[],
) {
  const found = await Promise.all(
    all.slice(0, LISTED).map(async ({ caseId, ...row }) => {
      const brief = await ctx.cases.get(caseId);
      return brief ? [{ ...row, caseNo: brief.caseNo, title: brief.title }] : [];
    }),
  );
  return found.flat();
}

/**
 * What was registered in a month at a unit of the call's tree: how many as it was released, and exactly, with the petitions, by
 * those that the asker may open. `released` is absent before the release.
 *
 * @throws DoorstepError `input.invalid` for a unit that is not below
 */
export async function registeredOf(ctx: LookCtx, looked: Looked) {
  const unitId = looked.at ?? ctx.unit.id;
  const unit = await ctx.units.get(unitId);
  const above = await ctx.units.above(unitId);
  if (!unit || ![unitId, ...above.map((one) => one.id)].includes(ctx.unit.id)) throw new DoorstepError("input.invalid");
  const { month, category } = looked;
  const figures = await ctx.datasets.read({ dataset: `${plugin.id}/registration`, unitId, from: month, to: month });
  const of = figures.find(({ own }) => own === !looked.below) ?? figures.find(({ own }) => !own);
  const rows = await seenOf(ctx, looked, "registration", new Map());
  const all = rows.map(({ caseId, no, day }) => ({ caseId, day, key: `${caseId} ${no}` }));
  return {
    unit: unit.name,
    released: of && { count: category === undefined ? of.total : (of.dimensions.category?.[category] ?? null) },
    live: { count: rows.length, cases: await listed(ctx, all) },
  };
}
