import type { ReleasedFigures } from "@doorstep/sdk";
import { expect, test } from "vitest";
import { monthsTo } from "../figures/months.ts";
import { bouncePairsIn } from "./bounce.ts";
import { clusterIn, type Part } from "./cluster.ts";
import type { Counts } from "./history.ts";
import { lowIn } from "./low.ts";
import { forecastOf, pileUpIn } from "./pile-up.ts";
import { listedMonths, type SeasonKind, seasonsOf, seasonsTo } from "./seasons.ts";
import { silenceIn } from "./silence.ts";
import { seasonOf, spikeIn } from "./spike.ts";
import { type History, warningsIn } from "./warnings-in.ts";

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

const listed = { discharge: "3, 9", promotion: "2025-06、2026-11", school: "9", pay: "" };

test("months that a unit lists lie in a season each year, or in one year alone", () => {
  const seasonOf = seasonsOf(listed);
  expect(["2026-03", "2026-09", "2025-06", "2026-06", "2026-11", "2026-12"].map(seasonOf)).toEqual([
    ...["discharge", "discharge", "promotion", null, "promotion", null],
  ]);
  expect(seasonsTo(seasonOf, "2026-03", 3)).toEqual([null, null, "discharge"]);
  const good = ["", "3", "03,9", "2026-06", "3，9、2026-12"];
  expect(good.every((one) => listedMonths.test(one))).toBe(true);
  expect(["13", "0", "3;9", "2026-13", "march", "3,"].some((one) => listedMonths.test(one))).toBe(false);
});

/** Two years in which the months that are named lie in a season, counted from the newest. */
const inSeason = (...agos: readonly number[]): (SeasonKind | null)[] => {
  const seasons: (SeasonKind | null)[] = Array.from({ length: 25 }, () => null);
  for (const ago of agos) seasons[24 - ago] = "discharge";
  return seasons;
};
test.each<[string, Counts, Counts, readonly (SeasonKind | null)[], boolean]>([
  [
    "a season that moved from last year's month",
    twoYears(10, [0, 30]),
    twoYears(100, [14, 300]),
    inSeason(0, 14),
    false,
  ],
  ["the same without the calendar", twoYears(10, [0, 30]), twoYears(100, [14, 300]), [], true],
  ["more than the season brought before", twoYears(10, [0, 60]), twoYears(100, [14, 300]), inSeason(0, 14), true],
  [
    "the month a year before lay in a season, this one does not",
    twoYears(10, [0, 30]),
    twoYears(100, [12, 300]),
    inSeason(12),
    true,
  ],
  ["a season within the year does not hide what comes after it", twoYears(10, [0, 25], [2, 90]), [], inSeason(2), true],
  ["the same without the calendar", twoYears(10, [0, 25], [2, 90]), [], [], false],
  ["a season that is listed for the first time", twoYears(10, [0, 30]), twoYears(100), inSeason(0), true],
])("spike with a calendar: %s", (_what, counts, above, seasons, found) => {
  expect(spikeIn(counts, above, undefined, seasons) !== null).toBe(found);
});

test("what falls due is forecast for two months that are known and one that is expected", () => {
  const forecast = forecastOf(twoYears(10, [0, 14], [1, 12]), months(12, 11));
  expect(forecast).toEqual({ due: [12, 14, 10.5], pace: 11, isSeason: false });
  // the month to come lies in a season that trebled what came when it was last there
  const listedNext = [...inSeason(11), "discharge" as const].slice(1);
  const season = forecastOf(twoYears(10, [11, 30]), months(12, 10), listedNext);
  expect(season?.due.at(-1)).toBe(30);
  expect(pileUpIn(twoYears(10, [11, 30]), months(12, 10), listedNext)).toEqual({ actual: 50, expected: 30 });
  expect(pileUpIn(twoYears(10, [11, 30]), months(12, 10))).toBeNull();
});

const each = (part: Part): Part[] => Array.from({ length: 24 }, () => part);
test.each<[string, readonly Part[], readonly Part[], boolean]>([
  ["a tenth, where half is usual around", each({ yes: 1, all: 5 }), each({ yes: 51, all: 105 }), true],
  ["as around", each({ yes: 3, all: 5 }), each({ yes: 53, all: 105 }), false],
  ["too few to say", each({ yes: null, all: null }), each({ yes: 50, all: 100 }), false],
  ["nothing around but itself", each({ yes: 0, all: 5 }), each({ yes: 0, all: 5 }), false],
  [
    "nothing above: less than in its own year before",
    [...each({ yes: 4, all: 5 }).slice(12), ...each({ yes: 1, all: 5 }).slice(12)],
    [],
    true,
  ],
  ["nothing above: as in its own year before", each({ yes: 1, all: 5 }), [], false],
])("little is taken up: %s", (_what, parts, around, found) => {
  expect(lowIn(parts, around) !== null).toBe(found);
});

const byUnit = (all: Readonly<Record<string, number>>) =>
  new Map(Object.entries(all).map(([unit, now]) => [unit, twoYears(0, [0, now])] as const));
test.each<[string, Readonly<Record<string, number>>, Readonly<Record<string, number>>, readonly string[]]>([
  ["one hands on, the other sends back", { a: 9, b: 0, c: 0 }, { a: 0, b: 9, c: 0 }, ["a b"]],
  ["two pairs at once, each with its like", { a: 9, b: 0, c: 30, d: 0 }, { a: 0, b: 10, c: 0, d: 28 }, ["c d", "a b"]],
  ["both ways between the same two", { a: 9, b: 9 }, { a: 9, b: 9 }, ["a b"]],
  ["what comes back to one is sent back by many", { a: 12, b: 0, c: 0 }, { b: 4, c: 4 }, []],
  ["a unit is no pair by itself", { a: 9 }, { a: 9 }, []],
  ["as many as always", {}, { b: 9 }, []],
])("bounce: %s", (_what, came, sent, pairs) => {
  expect(bouncePairsIn(byUnit(came), byUnit(sent)).map((one) => `${one.fromId} ${one.toId}`)).toEqual(pairs);
});

/** A unit in a month: as many petitions of one category as ever, so many of which speak of heating; absent: nobody looked. */
const inMonth = (unitId: string, month: string, total: number, heating?: number | null): ReleasedFigures => ({
  ...{ unitId, month, total, own: false, number: 1, releasedAt: `${month}-11T00:00:00Z` },
  dimensions: { category: { claim: total } },
  measures: heating === undefined ? {} : { heating: { yes: heating, no: null } },
});
const yearTo = (newest: string, of: (month: string, ago: number) => readonly ReleasedFigures[]) =>
  monthsTo(newest, 14).flatMap((month, at) => of(month, 13 - at));
const historyOf = (registration: readonly ReleasedFigures[]): History => ({
  ...{ unitId: "u", registration, answer: [], decision: [], together: [], cameBack: [], sentBack: [] },
  ...{ suggestion: [], recommendation: [], seasonOf: () => null },
  above: { registration: [], suggestion: [], recommendation: [] },
});
const rulesOf = (registration: readonly ReleasedFigures[]) =>
  warningsIn(historyOf(registration)).map(({ rule, subject, actual }) => [rule, subject, actual]);

test("a theme that hides inside a category that does not rise is told, at the unit and of several below it", () => {
  expect(rulesOf(yearTo("2026-03", (month, ago) => [inMonth("u", month, 100, ago === 0 ? 30 : 10)]))).toEqual([
    ["themeSpike", "heating", 30],
  ]);
  const below = ["a", "b", "c"];
  const weak = yearTo("2026-03", (month, ago) => [
    inMonth("u", month, 300, ago === 0 ? 54 : 40),
    ...below.map((unit) => inMonth(unit, month, 100, ago === 0 ? 18 : 8)),
  ]);
  expect(rulesOf(weak)).toEqual([["themeSpikeBelow", "heating", 54]]);
  expect(rulesOf(yearTo("2026-03", (month) => [inMonth("u", month, 100, 10)]))).toEqual([]);
});

test("what was released before words were looked at is no base, nor is the month in which that began", () => {
  const since = (months: number) =>
    yearTo("2026-03", (month, ago) => [
      inMonth("u", month, 100, ago > months ? undefined : ago === months ? 3 : ago === 0 ? 30 : 10),
    ]);
  expect(rulesOf(since(6))).toEqual([]);
  expect(rulesOf(since(7))).toEqual([["themeSpike", "heating", 30]]);
  // zeros that nobody counted
  const zeros = yearTo("2026-03", (month, ago) => [inMonth("u", month, 100, ago > 1 ? 0 : ago === 1 ? 4 : 30)]);
  expect(rulesOf(zeros)).toEqual([]);
});
