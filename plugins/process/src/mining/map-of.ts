import type { Trace } from "./trace.ts";

export interface Activity {
  readonly activity: string;
  readonly events: number;
  readonly cases: number;
  /** cases without it */
  readonly missing: number;
  /** cases in which it was done more than once */
  readonly again: number;
}

/** What follows what, and how long it takes until then. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly medianHours: number;
  /** nine of ten are no slower */
  readonly slowHours: number;
}

export interface Variant {
  readonly path: readonly string[];
  readonly cases: number;
  readonly medianHours: number;
}

export interface ProcessMap {
  readonly cases: number;
  readonly events: number;
  /** from the first step to the last */
  readonly medianHours: number;
  /** cases in which a step was taken more than once */
  readonly again: number;
  /** in the order in which they usually come */
  readonly activities: readonly Activity[];
  /** the most frequent first */
  readonly passages: readonly Passage[];
  readonly variantCount: number;
  readonly variants: readonly Variant[];
  /** of the cases with a day and an end: those that ended after it */
  readonly ended: { readonly withDay: number; readonly late: number };
}

/** Variants that are named; the others are counted. */
const NAMED = 20;
const HOUR = 3_600_000;

/** The value below which this share of the numbers lies, by the nearest rank. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
const tenths = (hours: number): number => Math.round(hours * 10) / 10;
const hoursBetween = (from: string | undefined, to: string | undefined): number =>
  from && to ? (Date.parse(to) - Date.parse(from)) / HOUR : 0;

function activitiesOf(traces: readonly Trace[]): readonly Activity[] {
  const found = new Map<string, { events: number; cases: number; again: number; places: number }>();
  for (const { steps } of traces) {
    const own = new Map<string, number>();
    steps.forEach(({ activity }, n) => {
      const one = found.get(activity) ?? { events: 0, cases: 0, again: 0, places: 0 };
      one.events += 1;
      one.places += (n + 1) / steps.length;
      found.set(activity, one);
      own.set(activity, (own.get(activity) ?? 0) + 1);
    });
    for (const [activity, times] of own) {
      const one = found.get(activity);
      if (!one) continue;
      one.cases += 1;
      if (times > 1) one.again += 1;
    }
  }
  return [...found]
    .toSorted(([a, one], [b, other]) => one.places / one.events - other.places / other.events || (a < b ? -1 : 1))
    .map(([activity, { events, cases, again }]) => ({
      ...{ activity, events, cases, again },
      missing: traces.length - cases,
    }));
}

function passagesOf(traces: readonly Trace[]): readonly Passage[] {
  const waits = new Map<string, { from: string; to: string; hours: number[] }>();
  for (const { steps } of traces)
    for (const [n, step] of steps.entries()) {
      const next = steps[n + 1];
      if (!next) continue;
      const key = JSON.stringify([step.activity, next.activity]);
      const one = waits.get(key) ?? { from: step.activity, to: next.activity, hours: [] };
      one.hours.push(hoursBetween(step.at, next.at));
      waits.set(key, one);
    }
  return [...waits.values()]
    .map(({ from, to, hours }) => ({
      ...{ from, to, count: hours.length },
      medianHours: tenths(percentile(hours, 0.5)),
      slowHours: tenths(percentile(hours, 0.9)),
    }))
    .toSorted((a, b) => b.count - a.count);
}

const lengthOf = ({ steps }: Trace): number => hoursBetween(steps[0]?.at, steps.at(-1)?.at);
const medianOf = (traces: readonly Trace[]): number => tenths(percentile(traces.map(lengthOf), 0.5));
const isRepeating = ({ steps }: Trace): boolean => new Set(steps.map((one) => one.activity)).size < steps.length;

function variantsOf(traces: readonly Trace[]): readonly Variant[] {
  const ways = Map.groupBy(traces, ({ steps }) => JSON.stringify(steps.map((one) => one.activity)));
  return [...ways.values()]
    .map((alike) => ({
      path: (alike[0]?.steps ?? []).map((one) => one.activity),
      cases: alike.length,
      medianHours: medianOf(alike),
    }))
    .toSorted((a, b) => b.cases - a.cases);
}

/** What cases have in common on their way, and where they part. */
export function mapOf(all: readonly Trace[]): ProcessMap {
  const traces = all.filter(({ steps }) => steps.length > 0);
  const variants = variantsOf(traces);
  const measured = all.flatMap(({ dueAt, endedAt }) =>
    dueAt && endedAt ? [Date.parse(endedAt) > Date.parse(dueAt)] : [],
  );
  return {
    cases: traces.length,
    events: traces.reduce((sum, { steps }) => sum + steps.length, 0),
    medianHours: medianOf(traces),
    again: traces.filter(isRepeating).length,
    activities: activitiesOf(traces),
    passages: passagesOf(traces),
    variantCount: variants.length,
    variants: variants.slice(0, NAMED),
    ended: { withDay: measured.length, late: measured.filter(Boolean).length },
  };
}
