import { expect, test } from "vitest";
import { mapOf, percentile } from "./map-of.ts";
import type { Trace } from "./trace.ts";

const trace = (path: string, hours: readonly number[], more: Partial<Trace> = {}): Trace => ({
  steps: [...path].map((activity, n) => ({
    activity,
    at: new Date(Date.UTC(2026, 0, 1, hours[n] ?? 0)).toISOString(),
  })),
  ...more,
});

test("steps, what follows what, waits, ways and rework are counted case by case", () => {
  const map = mapOf([
    trace("ABC", [0, 2, 5]),
    trace("ABC", [0, 4, 5]),
    trace("ABBC", [0, 6, 7, 9]),
    trace("AC", [0, 1]),
    trace("", []),
  ]);

  expect(map).toMatchObject({ cases: 4, events: 12, variantCount: 3, medianHours: 5, again: 1 });
  expect(map.activities).toEqual([
    { activity: "A", events: 4, cases: 4, missing: 0, again: 0 },
    { activity: "B", events: 4, cases: 3, missing: 1, again: 1 },
    { activity: "C", events: 4, cases: 4, missing: 0, again: 0 },
  ]);
  expect(map.passages).toContainEqual({ from: "A", to: "B", count: 3, medianHours: 4, slowHours: 6 });
  expect(map.passages).toContainEqual({ from: "B", to: "B", count: 1, medianHours: 1, slowHours: 1 });
  expect(map.passages.reduce((sum, one) => sum + one.count, 0)).toBe(12 - 4);
  expect(map.variants[0]).toEqual({ path: ["A", "B", "C"], cases: 2, medianHours: 5 });
});

test("only cases with a day and an end are in time or late", () => {
  const [early, late] = ["2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"];
  const map = mapOf([
    trace("A", [0], { dueAt: early, endedAt: late }),
    trace("A", [0], { dueAt: late, endedAt: early }),
    trace("A", [0], { dueAt: late, endedAt: late }),
    trace("A", [0], { dueAt: late, endedAt: null }),
    trace("A", [0]),
  ]);

  expect(map.ended).toEqual({ withDay: 3, late: 1 });
});

test("a share of numbers is one of them, by the nearest rank", () => {
  expect([0.5, 0.9, 1].map((share) => percentile([4, 1, 3, 2], share))).toEqual([2, 4, 4]);
  expect(percentile([], 0.5)).toBe(0);
});
