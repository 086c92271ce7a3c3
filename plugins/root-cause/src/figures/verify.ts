import type { Verdict } from "../codes.ts";
import { type Spans, yearBefore } from "./months.ts";

/** What was released, by month; `null` was left out, and a month without an entry was not released. */
export type Counts = ReadonlyMap<string, number | null>;

interface Span {
  readonly from: string;
  readonly to: string;
  /** what is known of it */
  readonly count: number;
  /** months that were left out or not released */
  readonly unknown: number;
}

/** What a verification went by: kept as it was, and shown with it. */
export interface Figures {
  readonly before: Span;
  readonly after: Span;
  /** how much more the second span has than the first by the season alone; `null`: not known, taken as 1 */
  readonly season: number | null;
  /** what was to be expected of the second span without a fix */
  readonly expected: number;
}

/** Nothing is said of fewer: also the least that is released. */
const LEAST = 5;
/** What is left out is small: after a fix it is taken for as much as it can be, before it for nothing, so that neither makes a fall. */
const HIDDEN = LEAST - 1;
/** No season is stronger. */
const STRONGEST_SEASON = 3;
/** So many times its own chance it has to be less: seldom enough by chance alone, about one in twenty. */
const FAR = 1.64;

const sumOf = (counts: Counts, months: readonly string[], unknown: number): number =>
  months.reduce((all, month) => all + (counts.get(month) ?? unknown), 0);

function spanOf(counts: Counts, months: readonly string[], hidden: number): Span {
  const known = (month: string): boolean => typeof counts.get(month) === "number";
  return {
    ...{ from: months.at(0) ?? "", to: months.at(-1) ?? "" },
    ...{ count: sumOf(counts, months, hidden), unknown: months.filter((month) => !known(month)).length },
  };
}

/** By the same two spans a year earlier, where all of them were released. */
export function seasonOf(above: Counts, spans: Spans): number | null {
  const { before, after } = yearBefore(spans);
  if ([...before, ...after].some((month) => !above.has(month))) return null;
  const [first, second] = [sumOf(above, before, HIDDEN), sumOf(above, after, HIDDEN)];
  return first === 0 ? null : Math.min(STRONGEST_SEASON, Math.max(1 / STRONGEST_SEASON, second / first));
}

/**
 * Whether fewer came after a fix than the months before it and the season explain. Counts as these vary by their root, and so
 * does what they are compared with. It shows that they fell, not why.
 *
 * @param above - of a larger unit, off which the season is read
 * @returns `null` while the months after the fix were not all released
 */
export function verify(
  counts: Counts,
  above: Counts,
  spans: Spans,
): { readonly verdict: Verdict; readonly figures: Figures } | null {
  if (spans.after.some((month) => !counts.has(month))) return null;
  const [before, after] = [spanOf(counts, spans.before, 0), spanOf(counts, spans.after, HIDDEN)];
  const season = seasonOf(above, spans);
  const expected = Math.round(before.count * (season ?? 1) * 10) / 10;
  const figures = { before, after, season, expected };
  const half = spans.after.length / 2;
  if (expected < LEAST || before.unknown > half || after.unknown > half) return { verdict: "unclear", figures };
  const by = Math.SQRT2 * (Math.sqrt(expected) - Math.sqrt(after.count));
  return { verdict: by >= FAR && expected - after.count >= LEAST ? "fell" : "notFell", figures };
}
