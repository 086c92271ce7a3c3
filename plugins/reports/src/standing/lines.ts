import type { Id, ReleasedFigures, Text } from "@doorstep/sdk";
import { type Counted, percentOf, type Share, sumOf } from "../figures/counted.ts";
import { monthsOf, type Period } from "../figures/months.ts";
import type { PlatformFigures } from "../figures/platform.ts";
import { baseOf, ratioOf, ratiosIn } from "../figures/ratios.ts";

/** The parts of a report in their order: (1) to (4) of article 41, the indicators, causes, what was changed [SPEC §13]. */
export const parts = ["received", "passedOn", "proposals", "other", "indicators", "causes", "changed"] as const;
export type Part = (typeof parts)[number];

/** One line of a report over one period. */
export interface Line {
  /** the same in every period */
  readonly key: string;
  readonly part: Part;
  /** of a dataset's total: the total's key. Left out of a report where it says nothing; absent: it always stands there */
  readonly detailOf?: string;
  readonly what: Text;
  readonly count: number | null;
  /** of how many, where it is a share */
  readonly of: number | null;
  readonly percent: number | null;
  /** months of the period that are not in the numbers */
  readonly missing: number;
}

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
const joined = (a: Text, b: Text): Text => t(`${a["zh-CN"]}：${b["zh-CN"]}`, `${a.en}: ${b.en}`);

/** What is counted by whom stands in a part of its own; everything else is among the other matters. */
const partOf: Readonly<Record<string, Part>> = {
  "indicators/registration": "received",
  "indicators/forwarding": "passedOn",
  "indicators/assignment": "passedOn",
  "supervision/urging": "passedOn",
  "indicators/cameBack": "passedOn",
  "indicators/sentBack": "passedOn",
  "supervision/recommendations": "proposals",
  "root-cause/petitions": "causes",
  "root-cause/fixes": "causes",
};
/** Shown by their indicators alone. */
const byIndicators = new Set([
  "indicators/acceptance",
  "indicators/conclusion",
  "indicators/due",
  "indicators/answer",
  "indicators/commitment",
]);

interface Place {
  readonly unitId: Id;
  readonly below: readonly { readonly id: Id; readonly name: Text }[];
}

type Value = (one: ReleasedFigures) => number | null | undefined;

/** What a dataset says of a period: its total, its units, its dimensions, and the share of each measure. */
function linesOf({ about, figures }: Counted, place: Place, period: Period): readonly Line[] {
  const part = partOf[about.dataset] ?? "other";
  const months = monthsOf(period);
  const of = (unitId: Id, own: boolean) => {
    const byMonth = new Map(
      figures.flatMap((one) => (one.unitId === unitId && one.own === own ? [[one.month, one] as const] : [])),
    );
    return (value: Value) =>
      sumOf(
        months.map((month) => {
          const one = byMonth.get(month);
          return one && value(one);
        }),
      );
  };
  const whole = of(place.unitId, false);
  const totalKey = `${about.dataset} total`;
  const line = (key: string, what: Text, { shown, missing }: ReturnType<typeof sumOf>): Line => ({
    ...{ key: `${about.dataset} ${key}`, part, what, count: shown, of: null, percent: null, missing },
    ...(key !== "total" && { detailOf: totalKey }),
  });
  const measure = (name: string, title: Text): Line => {
    const own = figures.filter((one) => one.unitId === place.unitId && !one.own);
    const share = measureOf(about.dataset, name, own, period);
    return { ...shareLine(`${about.dataset} +${name}`, part, joined(about.title, title), share), detailOf: totalKey };
  };
  const alone = t("本级", "the unit alone");
  return [
    line(
      "total",
      about.title,
      whole((one) => one.total),
    ),
    ...(place.below.length === 0
      ? []
      : [
          line(
            "own",
            joined(about.title, alone),
            of(place.unitId, true)((one) => one.total),
          ),
          ...place.below.map(({ id, name }) =>
            line(
              id,
              joined(about.title, name),
              of(id, false)((one) => one.total),
            ),
          ),
        ]),
    ...Object.entries(about.dimensions).flatMap(([dimension, { title, values }]) =>
      Object.entries(values).map(([value, name]) =>
        line(
          `${dimension} ${value}`,
          joined(title, name),
          whole((one) => one.dimensions[dimension]?.[value]),
        ),
      ),
    ),
    // the repeat rate and the like stand among the indicators
    ...(about.dataset.startsWith("indicators/") && part === "received"
      ? []
      : Object.entries(about.measures).map(([name, title]) => measure(name, title))),
  ];
}

/** A measure out of what it is always shown out of. */
function measureOf(dataset: string, above: string, figures: readonly ReleasedFigures[], period: Period): Share {
  const below = baseOf(dataset, above);
  return ratioOf({ above, ...(below !== undefined && { below }) }, figures, period);
}

const shareLine = (key: string, part: Part, what: Text, share: Share): Line => ({
  ...{ key, part, what, count: share.above, of: share.below, percent: percentOf(share), missing: share.missing },
});

/**
 * Whether a line says anything: of what a dataset falls into only what there was, in the period or beside it. Of what was received the parts
 * that are hidden stand there as hidden.
 *
 * @param besides - the same line in other periods
 * @param totals - keys of totals of which something is shown
 */
export const saysSomething = (
  { detailOf, part, count, of }: Line,
  besides: readonly (Line | undefined)[],
  totals: ReadonlySet<string>,
): boolean =>
  detailOf === undefined ||
  [count, of, ...besides.flatMap((one) => [one?.count, one?.of])].some((number) => (number ?? 0) > 0) ||
  (part === "received" && count === null && totals.has(detailOf));

/** What was adopted and carried out: measures that say that something is otherwise now. */
const changes: readonly (readonly [dataset: string, measure: string])[] = [
  ["supervision/recommendations", "adopted"],
  ["indicators/suggestion", "adopted"],
  ["root-cause/fixes", "fell"],
];

function changeLines(counted: readonly Counted[], place: Place, period: Period): readonly Line[] {
  return changes.flatMap(([dataset, measure]) => {
    const of = counted.find(({ about }) => about.dataset === dataset);
    const title = of?.about.measures[measure];
    if (!of || !title) return [];
    const own = of.figures.filter((one) => one.unitId === place.unitId && !one.own);
    const share = measureOf(dataset, measure, own, period);
    return [shareLine(`${dataset} changed ${measure}`, "changed", joined(of.about.title, title), share)];
  });
}

const numbered = (code: string, title: Text): Text => t(`${code} ${title["zh-CN"]}`, `${code} ${title.en}`);

/** I23 in absolute numbers: how many, or how many of how many, and no share. */
function platformLine({ dataset, title, above, figures }: PlatformFigures, place: Place, period: Period): Line {
  const own = figures.filter((one) => one.unitId === place.unitId && !one.own);
  const what = numbered("I23", title);
  if (above !== undefined)
    return { ...shareLine(dataset, "indicators", what, ratioOf({ above }, own, period)), percent: null };
  const byMonth = new Map(own.map((one) => [one.month, one.total]));
  const { shown, missing } = sumOf(monthsOf(period).map((month) => byMonth.get(month)));
  return { ...{ key: dataset, part: "indicators", what, count: shown, of: null, percent: null, missing } };
}

/** So few would show single people [SPEC §13, I24]. */
const FEW = 5;

/** I24, context by which nobody is scored: how many were registered for each thousand of the strength that the reader states. */
export function rateLine(counted: readonly Counted[], place: Place, period: Period, strength: number): readonly Line[] {
  const registered = counted.find(({ about }) => about.dataset === "indicators/registration");
  if (strength < FEW || !registered) return [];
  const own = registered.figures.filter((one) => one.unitId === place.unitId && !one.own);
  const byMonth = new Map(own.map((one) => [one.month, one.total]));
  const { shown, missing } = sumOf(monthsOf(period).map((month) => byMonth.get(month)));
  const count = shown === null || shown < FEW ? null : Math.round((shown / strength) * 10_000) / 10;
  const what = t(
    `每千人件数（平均${strength}人，仅供参考，不作评价）`,
    `Petitions for each thousand (${strength} people on average; context, never scored)`,
  );
  return [
    { ...{ key: "rate", part: "indicators", what: numbered("I24", what), count, of: null, percent: null, missing } },
  ];
}

/** Every line of a report over a period, by what was released. */
export function allLines(
  { counted, platform }: { readonly counted: readonly Counted[]; readonly platform: readonly PlatformFigures[] },
  place: Place,
  period: Period,
): readonly Line[] {
  const indicators = ratiosIn(counted).map((ratio) => {
    const own = ratio.of.figures.filter((one) => one.unitId === place.unitId && !one.own);
    const what = numbered(ratio.code, ratio.title);
    return shareLine(`${ratio.dataset} ${ratio.above}`, "indicators", what, ratioOf(ratio, own, period));
  });
  const rest = counted.filter(({ about }) => !byIndicators.has(about.dataset));
  const all = [
    ...rest.flatMap((one) => linesOf(one, place, period)),
    ...indicators,
    ...platform.map((one) => platformLine(one, place, period)),
    ...changeLines(counted, place, period),
  ];
  return all.toSorted((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part));
}
