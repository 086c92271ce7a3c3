import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clusterIn, type Part } from "./cluster.ts";
import type { Counts } from "./history.ts";
import { pileUpIn } from "./pile-up.ts";
import { silenceIn } from "./silence.ts";
import { spikeIn } from "./spike.ts";

const MONTHS = 37;
const SIBLINGS = 6;
const FAMILIES = 200;

/** The same history each time. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many come where so many are usual. */
function countFor(usual: number, chance: () => number): number {
  const limit = Math.exp(-usual);
  let count = 0;
  for (let product = chance(); product > limit; product *= chance()) count += 1;
  return count;
}

/** As it is released: few are left out, none is none. */
const released = (count: number): number | null => (count > 0 && count < 5 ? null : count);

interface Unit {
  readonly usual: number;
  readonly registered: readonly number[];
}
/** Units of one superior over three years: small and large ones, with a season in August and with months that waver. */
function family(
  times: number,
  chance: () => number,
  planted?: (unit: number, month: number) => number,
): readonly Unit[] {
  return Array.from({ length: SIBLINGS }, (_unit, unit) => {
    const usual = times * (3 + chance() * 37);
    const registered = Array.from({ length: MONTHS }, (_month, month) => {
      const season = month % 12 === 7 ? 1.8 : 1;
      const wavers = 0.85 + chance() * 0.3;
      return countFor(usual * season * wavers * (planted?.(unit, month) ?? 1), chance);
    });
    return { usual, registered };
  });
}
const until = (unit: Unit | undefined, month: number): Counts =>
  (unit?.registered ?? []).slice(0, month + 1).map(released);
const above = (units: readonly Unit[], month: number): Counts =>
  Array.from({ length: month + 1 }, (_, at) =>
    released(units.reduce((all, one) => all + (one.registered[at] ?? 0), 0)),
  );

/** Petitions that repeat, among those registered. */
const parts = (unit: Unit | undefined, month: number, share: (month: number) => number, chance: () => number): Part[] =>
  (unit?.registered ?? []).slice(0, month + 1).map((all, at) => {
    const yes = Math.min(all, countFor(all * share(at), chance));
    return { yes: released(yes), all: released(all) };
  });
/** What was answered follows what was registered a month later, up to half more than is usual. */
const answered = (unit: Unit | undefined, month: number): Counts =>
  (unit?.registered ?? [])
    .slice(0, month + 1)
    .map((_, at, all) => released(Math.min(all[at - 1] ?? 0, Math.round(1.5 * (unit?.usual ?? 0)))));

interface Judged {
  readonly rule: string;
  /** on histories in which nothing was planted: how often it calls, per unit and month */
  readonly quiet: number;
  readonly recall: number;
  /** where one unit in six has something planted in that month */
  readonly precision: number;
}

const LAST = MONTHS - 1;
type Look = (units: readonly Unit[], unit: number, month: number, chance: () => number, planted: boolean) => boolean;
interface Case {
  readonly rule: string;
  /** a share of a small unit is never released: it is judged on larger ones */
  readonly times: number;
  readonly planted: (unit: number, month: number) => number;
  readonly look: Look;
  readonly least: { readonly recall: number; readonly precision: number; readonly quiet: number };
}

const cases: readonly Case[] = [
  {
    rule: "spike",
    times: 1,
    planted: (unit, month) => (unit === 0 && month === LAST ? 3 : 1),
    look: (units, unit, month) => spikeIn(until(units[unit], month), above(units, month)) !== null,
    least: { recall: 0.7, precision: 0.9, quiet: 0.02 },
  },
  {
    rule: "silence",
    times: 1,
    planted: (unit, month) => (unit === 0 && month > LAST - 2 ? 0 : 1),
    look: (units, unit, month) => {
      const others = units.flatMap((one, at) => (at === unit ? [] : [until(one, month)]));
      return silenceIn(until(units[unit], month), others) !== null;
    },
    least: { recall: 0.7, precision: 0.9, quiet: 0.02 },
  },
  {
    rule: "cluster",
    times: 5,
    planted: () => 1,
    look: (units, unit, month, chance, planted) => {
      const share = (at: number) => (planted && unit === 0 && at === LAST ? 0.3 : 0.12);
      return clusterIn(parts(units[unit], month, share, chance)) !== null;
    },
    least: { recall: 0.5, precision: 0.9, quiet: 0.02 },
  },
  {
    rule: "pileUp",
    times: 1,
    planted: (unit, month) => (unit === 0 && month > LAST - 2 ? 2.5 : 1),
    look: (units, unit, month) => pileUpIn(until(units[unit], month), answered(units[unit], month)) !== null,
    // among the quiet months are those after each August, in which much really falls due
    least: { recall: 0.7, precision: 0.8, quiet: 0.06 },
  },
];

const everyUnit = Array.from({ length: SIBLINGS }, (_, unit) => unit);
const someMonths = Array.from({ length: MONTHS }, (_, month) => month).filter(
  (month) => month >= 12 && month % 4 === 0,
);

function judge({ rule, times, planted, look }: Case): Judged {
  const chance = chanceOf(20_261_129);
  const families = Array.from({ length: FAMILIES }, () => {
    const quiet = family(times, chance);
    const alarms = someMonths.flatMap((month) => everyUnit.filter((unit) => look(quiet, unit, month, chance, false)));
    const told = family(times, chance, planted);
    return { alarms: alarms.length, found: everyUnit.filter((unit) => look(told, unit, LAST, chance, true)) };
  });
  const found = families.flatMap((one) => one.found);
  const right = found.filter((unit) => unit === 0).length;
  const alarms = families.reduce((all, one) => all + one.alarms, 0);
  return {
    rule,
    quiet: alarms / (FAMILIES * SIBLINGS * someMonths.length),
    recall: right / FAMILIES,
    precision: right / found.length,
  };
}

const document = readFileSync(join(import.meta.dirname, "../../../../docs/barometer.md"), "utf8");

test.each(cases)(
  "$rule: what was planted is found, quiet months are left alone, and the figures stand in the docs",
  (one) => {
    const { rule, recall, precision, quiet } = judge(one);
    expect(recall).toBeGreaterThanOrEqual(one.least.recall);
    expect(precision).toBeGreaterThanOrEqual(one.least.precision);
    expect(quiet).toBeLessThanOrEqual(one.least.quiet);
    expect(document).toContain(
      `| \`${rule}\` | ${recall.toFixed(2)} | ${precision.toFixed(2)} | ${quiet.toFixed(4)} |`,
    );
  },
);
