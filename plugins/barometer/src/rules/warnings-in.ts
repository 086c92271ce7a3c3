import { type Id, type ReleasedFigures, themes } from "@doorstep/sdk";
import { addMonths, monthsTo } from "../figures/months.ts";
import { bouncePairsIn } from "./bounce.ts";
import { clusterIn, type Part } from "./cluster.ts";
import type { Counts } from "./history.ts";
import { lowIn } from "./low.ts";
import { pileUpIn } from "./pile-up.ts";
import { type SeasonOf, seasonsTo } from "./seasons.ts";
import { silenceIn } from "./silence.ts";
import { type Finding, type Seasons, spikeIn } from "./spike.ts";

/** What is watched for. */
export const ruleNames = [
  "spike",
  "spikeBelow",
  "themeSpike",
  "themeSpikeBelow",
  "pileUp",
  "silence",
  "repeat",
  "joint",
  "unsatisfied",
  "changedOnReview",
  "handedOn",
  "bouncePair",
  "unheeded",
  "unadopted",
] as const;
export type RuleName = (typeof ruleNames)[number];

export interface Found extends Finding {
  readonly rule: RuleName;
  /** the unit it is about */
  readonly aboutId: Id;
  /** a category, a theme, a channel, or the other unit of a pair; empty: all of it */
  readonly subject: string;
  readonly month: string;
}

type Figures = readonly ReleasedFigures[];

/** Everything that was released of a unit and of those right below it, oldest first. */
export interface History {
  readonly unitId: Id;
  readonly registration: Figures;
  readonly answer: Figures;
  readonly decision: Figures;
  readonly together: Figures;
  readonly cameBack: Figures;
  readonly sentBack: Figures;
  readonly suggestion: Figures;
  readonly recommendation: Figures;
  /** the same of the unit above: seasons, and what is usual, are read off larger numbers */
  readonly above: {
    readonly registration: Figures;
    readonly suggestion: Figures;
    readonly recommendation: Figures;
  };
  /** as the unit lists them */
  readonly seasonOf: SeasonOf;
}

type Take<T> = (of: ReleasedFigures) => T;
type Unplaced = Omit<Found, "month">;

/** As many months as are read at most. */
const MONTHS = 36;

/** Month by month until the newest, as far back as there is one after the other. */
export function seriesOf<T>(figures: Figures, unitId: Id, newest: string, take: Take<T>): readonly T[] {
  const byMonth = new Map(figures.flatMap((one) => (one.unitId === unitId && !one.own ? [[one.month, one]] : [])));
  const months = monthsTo(newest, figures.length === 0 ? 0 : MONTHS).map((month) => byMonth.get(month));
  return months.slice(months.lastIndexOf(undefined) + 1).flatMap((one) => (one ? [take(one)] : []));
}

const newestOf = (figures: Figures): string => figures.at(-1)?.month ?? "";
const part = (yes: number | null | undefined, all: number | null | undefined): Part => ({
  yes: yes ?? null,
  all: all ?? null,
});
export const totalOf: Take<number | null> = (one) => one.total;

const clusters: readonly {
  readonly rule: RuleName;
  readonly in: "registration" | "answer" | "decision" | "together";
  readonly of: Take<Part>;
}[] = [
  { rule: "repeat", in: "registration", of: (one) => part(one.measures.repeat?.yes, one.total) },
  { rule: "joint", in: "together", of: (one) => part(one.measures.joint?.yes, one.total) },
  {
    ...{ rule: "unsatisfied", in: "answer" },
    of: ({ measures: { rated, unitSatisfied } }) => {
      const [all, satisfied] = [rated?.yes ?? null, unitSatisfied?.yes ?? null];
      return part(all === null || satisfied === null ? null : all - satisfied, all);
    },
  },
  // by the month of the decision: that of the reply is long over when somebody decides on it
  { rule: "changedOnReview", in: "decision", of: (one) => part(one.measures.changed?.yes, one.total) },
  { rule: "handedOn", in: "answer", of: (one) => part(one.measures.manyHops?.yes, one.total) },
];

/** Where at least so many units below one have the same at once, the cause lies above them. */
const TOGETHER = 3;
/** What they have in common may be weaker in each. */
const NEAR = 2;

const valuesOf = (figures: Figures, dimension: string): readonly string[] => [
  ...new Set(figures.flatMap((one) => Object.keys(one.dimensions[dimension] ?? {}))),
];
const countOf =
  (dimension: string, value: string): Take<number | null> =>
  (one) =>
    one.dimensions[dimension]?.[value] ?? null;
const belowIn = ({ unitId }: History, figures: Figures): readonly Id[] => [
  ...new Set(figures.flatMap((one) => (one.unitId === unitId ? [] : [one.unitId]))),
];

/** What rises at a unit, or at several below it at once: of a category, or of what the petitions' own words are about. */
interface Risen {
  readonly own: RuleName;
  readonly below: RuleName;
  readonly subjects: readonly string[];
  readonly take: (subject: string) => Take<number | null>;
}

export const aboutTheme =
  (theme: string): Take<number | null> =>
  (one) =>
    one.measures[theme]?.yes ?? null;

/** Themes were looked for in it, and something was found. */
const hasThemes = (one: ReleasedFigures): boolean =>
  themes.some((theme) => one.measures[theme] !== undefined && one.measures[theme]?.yes !== 0);

/** Months from which on words are looked at: the first of them may have begun without that. */
function withThemes(figures: Figures): Figures {
  const first = figures.find(hasThemes)?.month;
  return first === undefined ? [] : figures.filter(({ month }) => month > first);
}

function spikes(history: History, below: readonly Id[], seasons: Seasons): readonly Unplaced[] {
  const { registration, above } = history;
  const ofThemes = {
    ...history,
    registration: withThemes(registration),
    above: { ...above, registration: withThemes(above.registration) },
  };
  return [
    ...risesIn(history, below, seasons, {
      ...{ own: "spike", below: "spikeBelow", subjects: valuesOf(registration, "category") },
      take: (subject) => countOf("category", subject),
    }),
    ...risesIn(ofThemes, below, seasons, {
      ...{ own: "themeSpike", below: "themeSpikeBelow", subjects: themes },
      take: aboutTheme,
    }),
  ];
}

function risesIn(
  { unitId, registration, above }: History,
  below: readonly Id[],
  seasons: Seasons,
  risen: Risen,
): readonly Unplaced[] {
  const newest = newestOf(registration);
  const seasonUnit = above.registration.at(-1)?.unitId ?? unitId;
  return risen.subjects.flatMap((subject) => {
    const take = risen.take(subject);
    const large = above.registration.length > 0 ? above.registration : registration;
    const season = seriesOf(large, seasonUnit, newest, take);
    const inUnit = (of: Id, far?: number): Finding | null =>
      spikeIn(seriesOf(registration, of, newest, take), season, far, seasons);
    const own = inUnit(unitId);
    const together = below.flatMap((one) => inUnit(one, NEAR) ?? []);
    const both = together.reduce(
      (all, one) => ({ actual: all.actual + one.actual, expected: all.expected + one.expected }),
      { actual: 0, expected: 0 },
    );
    return [
      ...(own ? [{ rule: risen.own, aboutId: unitId, subject, ...own }] : []),
      ...(together.length >= TOGETHER ? [{ rule: risen.below, aboutId: unitId, subject, ...both }] : []),
    ];
  });
}

function silences({ registration }: History, below: readonly Id[]): readonly Unplaced[] {
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

/** Of pairs only the unit above both can ask. */
function bounces(history: History): readonly Found[] {
  const { cameBack, sentBack } = history;
  const month = newestOf(cameBack);
  const endsOf = (figures: Figures): ReadonlyMap<Id, Counts> =>
    new Map(
      belowIn(history, figures).map((one) => [one, seriesOf(figures, one, month, countOf("other", "beside"))] as const),
    );
  return bouncePairsIn(endsOf(cameBack), endsOf(sentBack)).map(({ fromId, toId, ...found }) => ({
    ...{ rule: "bouncePair", aboutId: fromId, subject: toId, month },
    ...found,
  }));
}

/** As they are counted elsewhere: suggestions are those that were answered, recommendations all that fell due [SPEC §13, I20, I21]. */
const adoptedSuggestions: Take<Part> = (one) => part(one.measures.adopted?.yes, one.total);
const adoptedRecommendations: Take<Part> = ({ measures: { adopted, answered } }) => part(adopted?.yes, answered?.yes);

/** What is brought to a unit and not taken up. */
function lows({ unitId, suggestion, recommendation, above }: History): readonly Found[] {
  const lowOf = (rule: RuleName, adoptedOf: Take<Part>, own: Figures, around: Figures): readonly Found[] => {
    const month = newestOf(own);
    const aboveId = around.at(-1)?.unitId ?? "";
    const found = lowIn(seriesOf(own, unitId, month, adoptedOf), seriesOf(around, aboveId, month, adoptedOf));
    return found ? [{ rule, aboutId: unitId, subject: "", month, ...found }] : [];
  };
  return [
    ...lowOf("unheeded", adoptedRecommendations, recommendation, above.recommendation),
    ...lowOf("unadopted", adoptedSuggestions, suggestion, above.suggestion),
  ];
}

/**
 * Everything the rules find in the newest month of a unit: of itself with all below it, and of the units right below it where only
 * somebody above can ask. They know figures that were released, and nothing else.
 */
export function warningsIn(history: History): readonly Found[] {
  const { unitId, registration, answer, seasonOf } = history;
  const [registered, answered] = [newestOf(registration), newestOf(answer)];
  const below = belowIn(history, registration);
  const pile =
    registered === ""
      ? null
      : pileUpIn(
          seriesOf(registration, unitId, registered, totalOf),
          seriesOf(answer, unitId, answered, totalOf),
          seasonsTo(seasonOf, addMonths(registered, 1), MONTHS),
        );
  const shares = clusters.flatMap(({ rule, in: where, of }): readonly Found[] => {
    const month = newestOf(history[where]);
    const found = clusterIn(seriesOf(history[where], unitId, month, of));
    return found ? [{ rule, aboutId: unitId, subject: "", month, ...found }] : [];
  });
  const seasons = registered === "" ? [] : seasonsTo(seasonOf, registered, MONTHS);
  return [
    ...[
      ...spikes(history, below, seasons),
      ...silences(history, below),
      ...(pile ? [{ rule: "pileUp" as const, aboutId: unitId, subject: "", ...pile }] : []),
    ].map((one) => ({ ...one, month: registered })),
    ...shares,
    ...bounces(history),
    ...lows(history),
  ];
}
