import type { ReportTable } from "@doorstep/sdk/server";
import { changedIn } from "../changed/sign.ts";
import { correctionsIn } from "../figures/corrections.ts";
import { type Counted, countedIn, newestMonth, percentOf } from "../figures/counted.ts";
import { addMonths, earlier, type Period, yearOf } from "../figures/months.ts";
import { platformFigures } from "../figures/platform.ts";
import { ratioOf, ratiosIn } from "../figures/ratios.ts";
import type { ReadCtx } from "../reports-ctx.ts";
import { comparedUnits } from "./compared-units.ts";
import { allLines, type Line, parts, rateLine, saysSomething } from "./lines.ts";
import {
  columnWords,
  corrected,
  correctionsPart,
  countOf,
  noShare,
  nothing,
  notSigned,
  partWords,
  percentIn,
  periodWords,
  signedBy,
} from "./words.ts";

type Column = keyof typeof columnWords;
type Row = ReportTable["rows"][number];

const columnsOf = (keys: readonly Column[]) => keys.map((key) => ({ key, title: columnWords[key] }));

const YEAR = 12;

interface Beside {
  readonly period: Period;
  readonly count: "countYear" | "countMonth";
  readonly percent: "percentYear" | "percentMonth";
}

/** Which lines a report has. */
type Wanted = (line: Line) => boolean;

/** What a report has beside what was released. */
interface Asked {
  readonly wanted?: Wanted;
  /** how many the unit had on average; 0: not said */
  readonly strength?: number;
}

const releasedIn = async (ctx: ReadCtx, period: Period) => ({
  counted: await countedIn(ctx, period),
  platform: await platformFigures(ctx, period),
});

type Released = Awaited<ReturnType<typeof releasedIn>>;

/** What was corrected of what a report is made of: nothing changes without being told. */
const correctionsOf = (ctx: ReadCtx, released: readonly Released[], isAsked: (dataset: string) => boolean) => {
  const read = released.flatMap(({ counted, platform }) => [
    ...counted.map(({ about, figures }) => ({ dataset: about.dataset, title: about.title, figures })),
    ...platform,
  ]);
  return correctionsIn(
    read.filter(({ dataset }) => isAsked(dataset)),
    ctx.unit.timeZone,
  ).map(corrected);
};

/** Lines of a period with what the same lines were in others; a part without any says so, unless only some are wanted. */
async function linesBeside(
  ctx: ReadCtx,
  period: Period,
  besides: readonly Beside[],
  { wanted, strength = 0 }: Asked = {},
): Promise<ReportTable> {
  const place = { unitId: ctx.unit.id, below: await ctx.units.children(ctx.unit.id) };
  const released = await releasedIn(ctx, period);
  const lines = [...allLines(released, place, period), ...rateLine(released.counted, place, period, strength)];
  const others: { readonly beside: Beside; readonly lines: ReadonlyMap<string, Line> }[] = [];
  const all = [released];
  for (const beside of besides) {
    const was = await releasedIn(ctx, beside.period);
    all.push(was);
    const found = allLines(was, place, beside.period);
    others.push({ beside, lines: new Map(found.map((line) => [line.key, line])) });
  }
  const totals = new Set(lines.filter(({ count }) => count !== null).map(({ key }) => key));
  const standing = lines.filter((line) => {
    const besideIt = others.map(({ lines: known }) => known.get(line.key));
    return (wanted?.(line) ?? true) && saysSomething(line, besideIt, totals);
  });
  const rows = parts.flatMap((part): readonly Row[] => {
    const own = standing.filter((line) => line.part === part);
    if (own.length === 0 && wanted) return [];
    if (own.length === 0) return [{ part: partWords[part], what: nothing }];
    return own.map(({ key, what, count, of, percent, missing }) => ({
      ...{ part: partWords[part], what, count, of, percent, missing },
      ...Object.fromEntries(
        others.flatMap(({ beside, lines: known }) => [
          [beside.count, known.get(key)?.count ?? null],
          [beside.percent, known.get(key)?.percent ?? null],
        ]),
      ),
    }));
  });
  const columns = [
    ...columnsOf(["part", "what"]),
    { key: "count", title: countOf(period) },
    ...columnsOf(["of", "percent"]),
    ...besides.flatMap((beside) => [
      { key: beside.count, title: countOf(beside.period) },
      { key: beside.percent, title: percentIn(beside.period) },
    ]),
    ...columnsOf(["missing"]),
  ];
  const isAsked = (dataset: string): boolean =>
    lines.some((line) => line.key.startsWith(`${dataset} `) && (wanted?.(line) ?? true));
  const corrections = correctionsOf(ctx, all, isAsked).map((what) => ({ part: correctionsPart, what }));
  return { period: periodWords(period), columns, rows: [...rows, ...corrections], groupBy: "part" };
}

/** The year of which the newest month was released; the running one before anything was. */
const newestYear = async (ctx: ReadCtx): Promise<number> => Number(((await newestMonth(ctx)) ?? ctx.now).slice(0, 4));

/** The report of article 41 over a year, beside the year before. `0`: the year of the newest release; a strength that is not said. */
export async function yearly(ctx: ReadCtx, asked: number, strength: number): Promise<ReportTable> {
  const year = asked === 0 ? await newestYear(ctx) : asked;
  const period = yearOf(year);
  const beside = { period: earlier(period, YEAR), count: "countYear", percent: "percentYear" } as const;
  const table = await linesBeside(ctx, period, [beside], { strength });
  return { ...table, rows: [...table.rows, ...(await signedRows(ctx, year))] };
}

/** What was changed, in the words of whoever signed last, with how often it was written anew. */
async function signedRows(ctx: ReadCtx, year: number): Promise<readonly Row[]> {
  const part = partWords.changed;
  const [newest] = await changedIn(ctx, year);
  if (!newest) return [{ part, what: notSigned }];
  return [
    { part, what: newest.words },
    { part, what: signedBy(newest.version, newest.signer, newest.signedOn) },
  ];
}

/** Modules in which leaders and those who talk and mediate are counted: by unit and post, never by person. */
const people = ["reception-day", "leader-desk", "heart-talk", "mediation"] as const;
const ofPeople: Wanted = ({ key }) =>
  people.some((id) => key.startsWith(`${id}/`)) || key.startsWith("indicators/charge ");

/** Leaders, reception days, talks and mediation over the last months until the newest release, beside as many a year before. */
export async function meetings(ctx: ReadCtx, months: number): Promise<ReportTable> {
  const to = (await newestMonth(ctx)) ?? addMonths(ctx.now.slice(0, 7), -1);
  const period = { from: addMonths(to, 1 - months), to };
  const beside = { period: earlier(period, YEAR), count: "countYear", percent: "percentYear" } as const;
  return await linesBeside(ctx, period, [beside], { wanted: ofPeople });
}

/** A month beside the month before and the same month of the year before. Empty: the newest release. */
export async function monthly(ctx: ReadCtx, asked: string): Promise<ReportTable> {
  const month = asked || ((await newestMonth(ctx)) ?? addMonths(ctx.now.slice(0, 7), -1));
  const period = { from: month, to: month };
  return await linesBeside(ctx, period, [
    { period: earlier(period, 1), count: "countMonth", percent: "percentMonth" },
    { period: earlier(period, YEAR), count: "countYear", percent: "percentYear" },
  ]);
}

/**
 * How units answer over the last months until the newest release: indicator by indicator, shares alone, in the units' own order.
 * Nobody is ranked, and how many petitions a unit has does not stand here. What no unit has a share of is said once.
 */
export async function comparison(ctx: ReadCtx, months: number): Promise<ReportTable> {
  const to = (await newestMonth(ctx)) ?? addMonths(ctx.now.slice(0, 7), -1);
  const period = { from: addMonths(to, 1 - months), to };
  const units = await comparedUnits(ctx);
  const figuresOf = ({ figures }: Counted, unitId: string, own: boolean) =>
    figures.filter((one) => one.unitId === unitId && one.own === own);
  const counted = await countedIn(ctx, period);
  const rows = ratiosIn(counted).flatMap((ratio): readonly Row[] => {
    const { code, title } = ratio;
    const indicator = { "zh-CN": `${code} ${title["zh-CN"]}`, en: `${code} ${title.en}` };
    const shares = units.map(({ unitId, own, name }) => ({
      ...{ indicator, unit: name },
      percent: percentOf(ratioOf(ratio, figuresOf(ratio.of, unitId, own), period)),
    }));
    const isSaid = shares.length === 1 || shares.some(({ percent }) => percent !== null);
    return isSaid ? shares : [{ indicator, unit: noShare, percent: null }];
  });
  const compared = new Set(ratiosIn(counted).map(({ of }) => of.about.dataset));
  const corrections = correctionsOf(ctx, [{ counted, platform: [] }], (dataset) => compared.has(dataset));
  const columns = [...columnsOf(["indicator", "unit"]), { key: "percent", title: percentIn(period) }];
  const told = corrections.map((unit) => ({ indicator: correctionsPart, unit, percent: null }));
  return { period: periodWords(period), columns, rows: [...rows, ...told], groupBy: "indicator" };
}
