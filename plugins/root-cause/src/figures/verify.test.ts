import { expect, test } from "vitest";
import { spansOf, yearBefore } from "./months.ts";
import { type Counts, seasonOf, verify } from "./verify.ts";

const spans = spansOf("2026-04-20", "2026-05-10", 3);
const counts = (by: Readonly<Record<string, number | null>>): Counts => new Map(Object.entries(by));
const series = (months: readonly string[], values: readonly (number | null)[]) =>
  Object.fromEntries(months.map((month, n) => [month, values[n] ?? null]));
const ofFix = (before: readonly (number | null)[], after: readonly (number | null)[]): Counts =>
  counts({ ...series(spans.before, before), ...series(spans.after, after) });
const none: Counts = new Map();

test("equally many whole months before the decision and after the day it was done are compared", () => {
  expect(spans).toEqual({ before: ["2026-01", "2026-02", "2026-03"], after: ["2026-06", "2026-07", "2026-08"] });
  expect(yearBefore(spans).after).toEqual(["2025-06", "2025-07", "2025-08"]);
});

test("nothing is said before all months after the fix were released", () => {
  const known = counts({ ...series(spans.before, [10, 10, 10]), "2026-06": 2, "2026-07": 2 });
  expect(verify(known, none, spans)).toBeNull();
});

test("a fall that chance would seldom make is one, and a smaller one is none", () => {
  expect(verify(ofFix([10, 10, 10], [5, 4, 5]), none, spans)).toMatchObject({
    verdict: "fell",
    figures: {
      before: { from: "2026-01", to: "2026-03", count: 30, unknown: 0 },
      after: { from: "2026-06", to: "2026-08", count: 14, unknown: 0 },
      ...{ season: null, expected: 30 },
    },
  });
  expect(verify(ofFix([10, 10, 10], [8, 8, 7]), none, spans)?.verdict).toBe("notFell");
  expect(verify(ofFix([10, 10, 10], [12, 11, 13]), none, spans)?.verdict).toBe("notFell");
});

test("what the season takes away is no fall, and what it hides is one", () => {
  const { before, after } = yearBefore(spans);
  const quieter = counts({ ...series(before, [60, 60, 60]), ...series(after, [30, 30, 30]) });
  const busier = counts({ ...series(before, [30, 30, 30]), ...series(after, [60, 60, 60]) });
  expect(verify(ofFix([10, 10, 10], [5, 4, 5]), quieter, spans)).toMatchObject({
    ...{ verdict: "notFell", figures: { season: 0.5, expected: 15 } },
  });
  expect(verify(ofFix([10, 10, 10], [10, 10, 10]), busier, spans)).toMatchObject({
    ...{ verdict: "fell", figures: { season: 2, expected: 60 } },
  });
  const half = counts(series(before, [60, 60, 60]));
  expect(seasonOf(half, spans)).toBeNull();
  const wild = counts({ ...series(before, [5, 5, 5]), ...series(after, [500, 500, 500]) });
  expect(seasonOf(wild, spans)).toBe(3);
});

test("what was left out never makes a fall; where most was, a person has to judge", () => {
  // taken for nothing, the month that was left out would make it a fall
  expect(verify(ofFix([8, 7, 7], [5, 5, null]), none, spans)).toMatchObject({
    ...{ verdict: "notFell", figures: { after: { count: 14, unknown: 1 } } },
  });
  expect(verify(ofFix([20, null, 10], [3, 3, 3]), none, spans)).toMatchObject({
    ...{ verdict: "fell", figures: { before: { count: 30, unknown: 1 } } },
  });
  expect(verify(ofFix([20, 20, 20], [1, null, null]), none, spans)?.verdict).toBe("unclear");
  expect(verify(ofFix([30, null, null], [1, 1, 1]), none, spans)?.verdict).toBe("unclear");
  expect(verify(ofFix([2, 1, 1], [0, 0, 0]), none, spans)?.verdict).toBe("unclear");
  const unreleased = counts({ "2026-03": 30, ...series(spans.after, [1, 1, 1]) });
  expect(verify(unreleased, none, spans)?.verdict).toBe("unclear");
});

/** Pseudo-random numbers that are the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean);
  let [count, product] = [0, next()];
  while (product > limit) {
    count += 1;
    product *= next();
  }
  return count;
}

test("of fixes that changed nothing about one in twenty seems to have worked; of those that halved it most are seen", () => {
  const next = random(20_260_401);
  const shareOf = (after: number): number => {
    const draws = Array.from({ length: 4_000 }, () => {
      const of = (mean: number) => [0, 1, 2].map(() => poisson(mean, next));
      return verify(ofFix(of(12), of(after)), none, spans)?.verdict === "fell";
    });
    return draws.filter(Boolean).length / draws.length;
  };
  expect(shareOf(12)).toBeLessThan(0.06);
  expect(shareOf(6)).toBeGreaterThan(0.75);
});
