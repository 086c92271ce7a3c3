import type { Id, ReleasedFigures } from "@doorstep/sdk";
import { monthsTo } from "../figures/months.ts";
import { clusterIn, type Part } from "./cluster.ts";
import type { Counts } from "./history.ts";
import { pileUpIn } from "./pile-up.ts";
import { silenceIn } from "./silence.ts";
import { type Finding, spikeIn } from "./spike.ts";

/** What is watched for. */
export const ruleNames = [
  "spike",
  "spikeBelow",
  "pileUp",
  "silence",
  "repeat",
  "unsatisfied",
  "changedOnReview",
  "handedOn",
] as const;
export type RuleName = (typeof ruleNames)[number];

export interface Found extends Finding {
  readonly rule: RuleName;
  /** the unit it is about */
  readonly aboutId: Id;
  /** a category or a channel; empty: all of it */
  readonly subject: string;
  readonly month: string;
}

/** Everything that was released of a unit and of those right below it, oldest first. */
export interface History {
  readonly unitId: Id;
  readonly registration: readonly ReleasedFigures[];
  readonly answer: readonly ReleasedFigures[];
  /** the same of the unit above: seasons are read off larger numbers */
  readonly above: readonly ReleasedFigures[];
}

type Take<T> = (of: ReleasedFigures) => T;

/** Month by month until the newest, as far back as there is one after the other. */
function seriesOf<T>(figures: readonly ReleasedFigures[], unitId: Id, newest: string, take: Take<T>): readonly T[] {
  const byMonth = new Map(figures.flatMap((one) => (one.unitId === unitId && !one.own ? [[one.month, one]] : [])));
  const months = monthsTo(newest, figures.length === 0 ? 0 : 36).map((month) => byMonth.get(month));
  return months.slice(months.lastIndexOf(undefined) + 1).flatMap((one) => (one ? [take(one)] : []));
}

const newestOf = (figures: readonly ReleasedFigures[]): string => figures.at(-1)?.month ?? "";
const part = (yes: number | null | undefined, all: number | null | undefined): Part => ({
  yes: yes ?? null,
  all: all ?? null,
});

const clusters: readonly {
  readonly rule: RuleName;
  readonly in: "registration" | "answer";
  readonly of: Take<Part>;
}[] = [
  { rule: "repeat", in: "registration", of: (one) => part(one.measures.repeat?.yes, one.total) },
  {
    ...{ rule: "unsatisfied", in: "answer" },
    of: ({ measures: { rated, unitSatisfied } }) => {
      const [all, satisfied] = [rated?.yes ?? null, unitSatisfied?.yes ?? null];
      return part(all === null || satisfied === null ? null : all - satisfied, all);
    },
  },
  { rule: "changedOnReview", in: "answer", of: (one) => part(one.measures.reviewChanged?.yes, one.total) },
  { rule: "handedOn", in: "answer", of: (one) => part(one.measures.manyHops?.yes, one.total) },
];

/** Where at least so many units below one have the same at once, the cause lies above them. */
const TOGETHER = 3;
/** What they have in common may be weaker in each. */
const NEAR = 2;

const valuesOf = (figures: readonly ReleasedFigures[], dimension: string): readonly string[] => [
  ...new Set(figures.flatMap((one) => Object.keys(one.dimensions[dimension] ?? {}))),
];
const countOf =
  (dimension: string, value: string): Take<number | null> =>
  (one) =>
    one.dimensions[dimension]?.[value] ?? null;

function spikes({ unitId, registration, above }: History, below: readonly Id[]): readonly Omit<Found, "month">[] {
  const newest = newestOf(registration);
  const seasonUnit = above.at(-1)?.unitId ?? unitId;
  return valuesOf(registration, "category").flatMap((subject) => {
    const take = countOf("category", subject);
    const season = seriesOf(above.length > 0 ? above : registration, seasonUnit, newest, take);
    const inUnit = (of: Id, far?: number): Finding | null =>
      spikeIn(seriesOf(registration, of, newest, take), season, far);
    const own = inUnit(unitId);
    const together = below.flatMap((one) => inUnit(one, NEAR) ?? []);
    const both = together.reduce(
      (all, one) => ({ actual: all.actual + one.actual, expected: all.expected + one.expected }),
      { actual: 0, expected: 0 },
    );
    return [
      ...(own ? [{ rule: "spike" as const, aboutId: unitId, subject, ...own }] : []),
      ...(together.length >= TOGETHER ? [{ rule: "spikeBelow" as const, aboutId: unitId, subject, ...both }] : []),
    ];
  });
}

function silences({ registration }: History, below: readonly Id[]): readonly Omit<Found, "month">[] {
  const newest = newestOf(registration);
  return valuesOf(registration, "channel").flatMap((subject) => {
    const seriesIn = (of: Id): Counts => seriesOf(registration, of, newest, countOf("channel", subject));
    return below.flatMap((aboutId) => {
      const others = below.filter((one) => one !== aboutId).map(seriesIn);
      const found = silenceIn(seriesIn(aboutId), others);
      return found ? [{ rule: "silence" as const, aboutId, subject, ...found }] : [];
    });
  });
}

/**
 * Everything the rules find in the newest month of a unit: of itself with all below it, and of the units right below it where only
 * somebody above can ask. They know figures that were released, and nothing else.
 */
export function warningsIn(history: History): readonly Found[] {
  const { unitId, registration, answer } = history;
  const [registered, answered] = [newestOf(registration), newestOf(answer)];
  const below = [...new Set(registration.flatMap((one) => (one.unitId === unitId ? [] : [one.unitId])))];
  const total: Take<number | null> = (one) => one.total;
  const pile = pileUpIn(seriesOf(registration, unitId, registered, total), seriesOf(answer, unitId, answered, total));
  const shares = clusters.flatMap(({ rule, in: where, of }): readonly Found[] => {
    const month = where === "answer" ? answered : registered;
    const found = clusterIn(seriesOf(history[where], unitId, month, of));
    return found ? [{ rule, aboutId: unitId, subject: "", month, ...found }] : [];
  });
  return [
    ...[
      ...spikes(history, below),
      ...silences(history, below),
      ...(pile ? [{ rule: "pileUp" as const, aboutId: unitId, subject: "", ...pile }] : []),
    ].map((one) => ({ ...one, month: registered })),
    ...shares,
  ];
}
