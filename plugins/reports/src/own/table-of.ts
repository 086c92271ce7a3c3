import type { DatasetAbout, Id, ReleasedFigures, Text } from "@doorstep/sdk";
import type { ReportTable } from "@doorstep/sdk/server";
import { correctionsIn } from "../figures/corrections.ts";
import { percentOf, shareOf, sumOf } from "../figures/counted.ts";
import { addMonths, monthsOf } from "../figures/months.ts";
import { baseOf } from "../figures/ratios.ts";
import { refuse } from "../refusals.ts";
import type { JobCtx } from "../reports-ctx.ts";
import { comparedUnits } from "../standing/compared-units.ts";
import { columnWords, countOf, periodWords, unitsIn, withCorrected } from "../standing/words.ts";
import type { Definition } from "./definition.ts";

type Row = ReportTable["rows"][number];
/** Released figures of one line: one unit, in the months that the line stands for. */
type Of = readonly (ReleasedFigures | undefined)[];

interface Line {
  readonly name: Text;
  readonly of: Of;
}

/** @throws refusal `definition` where nothing of it is counted here, or it asks for what was never released together */
function assertWithin(asked: Definition, about: DatasetAbout | undefined): asserts about is DatasetAbout {
  const { dimension, measures, values, rows, total } = asked;
  const known = about && (dimension === null ? {} : about.dimensions[dimension]?.values);
  const isKnown =
    known !== undefined &&
    values.every((value) => Object.hasOwn(known, value)) &&
    measures.every((measure) => Object.hasOwn(about?.measures ?? {}, measure));
  const isWhole =
    rows === "value" ? dimension !== null && measures.length === 0 : total || measures.length > 0 || dimension !== null;
  if (!isKnown || !isWhole) throw refuse("definition");
}

const plain = (text: string): Text => ({ "zh-CN": text, en: text });
const inPercent = (title: Text): Text => ({ "zh-CN": `${title["zh-CN"]} %`, en: `${title.en} %` });

/** What stands in the columns of a line. */
function cellsOf(asked: Definition, of: Of, valueNames: readonly string[]): Row {
  const sums = asked.rows === "value" ? [] : valueNames;
  const counts = asked.total ? { total: sumOf(of.map((one) => one?.total)).shown } : {};
  return {
    ...counts,
    ...Object.fromEntries(
      sums.map((value) => [`=${value}`, sumOf(of.map((one) => one?.dimensions[asked.dimension ?? ""]?.[value])).shown]),
    ),
    ...Object.fromEntries(
      asked.measures.map((measure) => {
        const base = baseOf(asked.dataset, measure);
        const below = (one: ReleasedFigures | undefined) =>
          base === undefined ? one?.total : one?.measures[base]?.yes;
        return [`+${measure}`, percentOf(shareOf(of.map((one) => [one?.measures[measure]?.yes, below(one)] as const)))];
      }),
    ),
  };
}

/**
 * A report of released cells alone: a unit, by months, by units or by the values of one dimension. What is hidden in a cell is
 * hidden in it here too, and sums leave it out.
 *
 * @throws refusal `definition`
 */
export async function tableOf(ctx: JobCtx, asked: Definition): Promise<ReportTable> {
  const about = (await ctx.datasets.list()).find((one) => one.dataset === asked.dataset);
  assertWithin(asked, about);
  const to = addMonths(ctx.now.slice(0, 7), -1);
  const all = await ctx.datasets.read({ dataset: asked.dataset, below: true, from: addMonths(to, -35), to });
  const newest = all.at(-1)?.month ?? to;
  const period = { from: addMonths(newest, 1 - asked.months), to: newest };
  const months = monthsOf(period);
  const figuresOf = (unitId: Id, own: boolean): Of =>
    months.map((month) => all.find((one) => one.month === month && one.unitId === unitId && one.own === own));
  const within = all.filter(({ month }) => months.includes(month));
  const corrections = correctionsIn(
    [{ dataset: asked.dataset, title: about.title, figures: within }],
    ctx.unit.timeZone,
  );
  const told = (title: Text): Text =>
    withCorrected(
      title,
      corrections.map(({ month }) => month),
    );
  const known = asked.dimension === null ? {} : (about.dimensions[asked.dimension]?.values ?? {});
  const valueNames = Object.keys(known).filter((value) => asked.values.length === 0 || asked.values.includes(value));
  const whole = figuresOf(ctx.unit.id, false);
  if (asked.rows === "value")
    return {
      period: periodWords(period),
      columns: [
        { key: "name", title: told(about.dimensions[asked.dimension ?? ""]?.title ?? about.title) },
        { key: "count", title: countOf(period) },
        { key: "missing", title: columnWords.missing },
      ],
      rows: valueNames.map((value) => {
        const { shown, missing } = sumOf(whole.map((one) => one?.dimensions[asked.dimension ?? ""]?.[value]));
        return { name: known[value] ?? plain(value), count: shown, missing };
      }),
    };
  const lines: readonly Line[] =
    asked.rows === "month"
      ? months.map((month, n) => ({ name: plain(month), of: [whole[n]] }))
      : (await comparedUnits(ctx)).map(({ name, unitId, own }) => ({ name, of: figuresOf(unitId, own) }));
  return {
    period: periodWords(period),
    columns: [
      { key: "name", title: told(asked.rows === "unit" ? unitsIn(period) : columnWords.month) },
      ...(asked.total ? [{ key: "total", title: about.title }] : []),
      ...valueNames.map((value) => ({ key: `=${value}`, title: known[value] ?? plain(value) })),
      ...asked.measures.map((measure) => ({
        key: `+${measure}`,
        title: inPercent(about.measures[measure] ?? plain(measure)),
      })),
    ],
    rows: lines.map(({ name, of }) => ({ name, ...cellsOf(asked, of, valueNames) })),
  };
}
