import { expect, test } from "vitest";
import { clusterIn } from "./cluster.ts";
import type { Counts } from "./history.ts";
import { pileUpIn } from "./pile-up.ts";
import { silenceIn } from "./silence.ts";
import { seasonOf, spikeIn } from "./spike.ts";

const months = (count: number, of: number | null): (number | null)[] => Array.from({ length: count }, () => of);
/** Two years of the same, but for the months that are named, counted from the newest. */
const twoYears = (usual: number | null, ...other: readonly (readonly [ago: number, of: number | null])[]): Counts => {
  const all = months(25, usual);
  for (const [ago, of] of other) all[24 - ago] = of;
  return all;
};

test.each<[string, Counts, Counts, boolean]>([
  ["far more than ever", twoYears(10, [0, 30]), [], true],
  ["somewhat more", twoYears(10, [0, 17]), [], false],
  ["from nothing to as few as are never shown", twoYears(0, [0, 4]), [], false],
  ["from nothing to many", twoYears(0, [0, 12]), [], true],
  ["into sight from below what is shown", twoYears(null, [0, 8]), [], false],
  ["hidden now", twoYears(10, [0, null]), [], false],
  ["less", twoYears(30, [0, 10]), [], false],
  ["as every year in that month", twoYears(10, [0, 30]), twoYears(100, [12, 300]), false],
  ["more than every year in that month", twoYears(10, [0, 60]), twoYears(100, [12, 300]), true],
  ["a month that is quiet every year makes no spike", twoYears(10, [0, 14]), twoYears(100, [12, 20]), false],
  ["no season is endless", twoYears(10, [0, 90]), twoYears(10, [12, 1_000]), true],
  ["half a year to compare with", [...months(6, 10), 40], [], true],
  ["less than half a year", [...months(5, 10), 40], [], false],
])("spike: %s", (_what, counts, above, found) => {
  expect(spikeIn(counts, above) !== null).toBe(found);
});

test("a spike says what there is and what was to be expected, with the season", () => {
  expect(spikeIn(twoYears(10, [0, 60]), twoYears(100, [12, 300]))).toMatchObject({ actual: 60 });
  expect(spikeIn(twoYears(10, [0, 60]), twoYears(100, [12, 300]))?.expected).toBeCloseTo(25.7, 1);
  expect(seasonOf(months(10, 5))).toBe(1);
});

test.each<[string, Counts, readonly Counts[], boolean]>([
  ["nothing where much came, and siblings go on", twoYears(8, [0, 0]), [twoYears(8)], true],
  ["siblings fell silent too", twoYears(8, [0, 0]), [twoYears(8, [0, 0])], false],
  ["no siblings to compare with", twoYears(8, [0, 0]), [], false],
  ["one quiet month of a channel that is used little", twoYears(2, [0, 0]), [twoYears(8)], false],
  ["three quiet months of a channel that is used little", twoYears(2, [0, 0], [1, 0], [2, 0]), [twoYears(8)], true],
  ["hidden is not silent", twoYears(8, [0, null]), [twoYears(8)], false],
  ["four hidden months and then nothing", twoYears(null, [0, 0]), [twoYears(8)], false],
  ["never used", twoYears(0), [twoYears(8)], false],
  ["less than half a year to compare with", [...months(5, 9), 0], [months(6, 9)], false],
])("silence: %s", (_what, counts, siblings, found) => {
  expect(silenceIn(counts, siblings) !== null).toBe(found);
});

const parts = (all: number, yes: readonly (number | null)[]) => yes.map((one) => ({ yes: one, all }));
test.each<[string, ReturnType<typeof parts>, boolean]>([
  ["a share that trebles", parts(40, [...months(12, 5), 18]), true],
  ["a share that wavers", parts(40, [...months(12, 5), 8]), false],
  ["fewer than are shown", parts(40, [...months(12, 0), 4]), false],
  ["for the first time, and many", parts(40, [...months(12, 0), 6]), true],
  ["too few months are known", parts(40, [...months(7, null), ...months(5, 5), 18]), false],
  ["hidden now", parts(40, [...months(12, 5), null]), false],
])("cluster: %s", (_what, all, found) => {
  expect(clusterIn(all) !== null).toBe(found);
});

test.each<[string, Counts, Counts, boolean]>([
  ["twice as much came as is answered", [20, 40, 40], months(12, 20), true],
  ["as much came as is answered", [20, 20, 20], months(12, 20), false],
  ["a small unit that has a little more", [2, 5, 6], months(12, 3), false],
  ["one of the two months is hidden", [20, null, 40], months(12, 10), false],
  ["its pace is not known yet", [20, 40, 40], months(5, 20), false],
])("pile-up: %s", (_what, registered, answered, found) => {
  expect(pileUpIn(registered, answered) !== null).toBe(found);
});
