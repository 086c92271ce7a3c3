/** What was released of a unit, month by month, oldest first; `null` was left out. */
export type Counts = readonly (number | null)[];

/** Months a rule looks back, the newest aside. */
export const BASE = 12;
/** With fewer there is nothing to compare with. */
export const LEAST_BASE = 6;
/** Nothing is said of fewer: also the least that is released. */
export const LEAST = 5;

/** What is left out is small: it is taken for as much as it can be, so that nothing rises only because it comes into sight. */
const HIDDEN = LEAST - 1;

export const asMuchAsCanBe = (counts: Counts): readonly number[] => counts.map((one) => one ?? HIDDEN);

export const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
export const mean = (all: readonly number[]): number => (all.length === 0 ? 0 : sum(all) / all.length);

/** The newest, and the months before it that are compared with. */
export function newestAndBase(counts: Counts): { readonly newest: number | null; readonly base: Counts } | undefined {
  const base = counts.slice(-1 - BASE, -1);
  return base.length < LEAST_BASE ? undefined : { newest: counts.at(-1) ?? null, base };
}
