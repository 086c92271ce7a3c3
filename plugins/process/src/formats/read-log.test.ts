import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mapOf } from "../mining/map-of.ts";
import { realFile } from "../testing.ts";
import { instantOf, LogFlaw } from "./cells.ts";
import { toXes } from "./event-log.ts";
import { readLog } from "./read-log.ts";

function flawOf(text: string): readonly [string, number] {
  try {
    readLog(text);
  } catch (error) {
    if (error instanceof LogFlaw) return [error.flaw, error.place];
    throw error;
  }
  return ["none", 0];
}

const receipt = realFile("event_logs/receipt.csv");
test.skipIf(!receipt)("the receipt log of a Dutch municipality gives the numbers counted elsewhere", () => {
  const map = mapOf(readLog(readFileSync(receipt ?? "", "utf8")));

  expect(map).toMatchObject({ cases: 1_434, events: 8_577, variantCount: 116, ended: { withDay: 1_329, late: 377 } });
  expect(map.activities).toHaveLength(27);
  expect(map.activities.find(({ activity }) => activity.startsWith("T02 "))).toMatchObject({ missing: 118 });
  expect(map.passages.reduce((sum, { count }) => sum + count, 0)).toBe(8_577 - 1_434);
  expect(map.variants.every((one, n) => n === 0 || one.cases <= (map.variants[n - 1]?.cases ?? 0))).toBe(true);
});

const twice = [realFile("event_logs/running-example.csv"), realFile("event_logs/running-example.xes")] as const;
test.skipIf(!twice[0] || !twice[1])("the same log as a list and as XES gives the same map", () => {
  const [csv, xes] = twice.map((file) => mapOf(readLog(readFileSync(file ?? "", "utf8"))));

  expect(csv).toMatchObject({ cases: 6, events: 42 });
  expect(xes?.variantCount).toBe(csv?.variantCount);
  expect(xes?.passages.map(({ from, to, count }) => `${from} ${to} ${count}`).toSorted()).toEqual(
    csv?.passages.map(({ from, to, count }) => `${from} ${to} ${count}`).toSorted(),
  );
});

const fines = realFile("event_logs/roadtraffic100traces.xes");
test.skipIf(!fines)("XES of a large log with nested attributes is read", () => {
  expect(mapOf(readLog(readFileSync(fines ?? "", "utf8")))).toMatchObject({ cases: 100, events: 390 });
});

const broken = realFile("event_logs/running_example_broken.csv");
test.skipIf(!broken)(
  "a list with other signs between its cells is read; spoilt, it is refused with line and reason",
  () => {
    const text = readFileSync(broken ?? "", "utf8");
    expect(mapOf(readLog(text))).toMatchObject({ events: 34 });

    const spoilt = text.split("\n");
    spoilt[10] = spoilt[10]?.replace(/20\d\d-[^;]*$/, "sometime") ?? "";
    expect(flawOf(spoilt.join("\n"))).toEqual(["time", 11]);
  },
);

const line = "1,first,2026-03-02 10:00\n";
test.each([
  ["no column that says when", "case,activity\n1,a\n", "columns", 1],
  ["a cell too many", `case,activity,time\n${line}2,b,2026-03-02,more\n`, "cells", 3],
  ["no case", `case,activity,time\n${line},b,2026-03-02\n`, "case", 3],
  ["no step", `case,activity,time\n${line}1, ,2026-03-02\n`, "activity", 3],
  ["a day that is none", `case,activity,time\n${line}1,b,2026-02-31T25:00\n`, "time", 3],
  ["a quotation that does not end", `case,activity,time\n${line}1,"b,2026-03-02\n`, "broken", 3],
  ["nothing but its head", "case,activity,time\n", "empty", 0],
  ["nothing", "", "empty", 0],
  ["XES that ends in the midst", "<log><trace><event>", "broken", 1],
  ["XES without a time", '<log><trace><event><string key="concept:name" value="a"/></event></trace></log>', "time", 1],
  ["XES without a name", "<log><trace><event></event></trace></log>", "activity", 1],
  ["XES without a case", "<log></log>", "empty", 0],
  ["entities of its own", '<!DOCTYPE log [<!ENTITY a "b">]><log></log>', "broken", 1],
])("%s is refused, with its place", (_, text, flaw, place) => {
  expect(flawOf(text)).toEqual([flaw, place]);
});

test("more events than are taken in are refused", () => {
  expect(flawOf(`case,activity,time\n${line.repeat(200_001)}`)).toEqual(["tooMany", 0]);
});

test("Chinese heads are understood, steps that only begin are told once, and steps stand in the order of their time", () => {
  const [one] = readLog(
    "编号;环节;时间;期限;办结日期\n7;受理;2026-03-03;2026-04-01;2026-04-02\n7;登记;2026-03-02 08:30:00+08:00;;\n",
  );
  expect(one).toEqual({
    steps: [
      { activity: "登记", at: "2026-03-02T00:30:00.000Z" },
      { activity: "受理", at: "2026-03-03T00:00:00.000Z" },
    ],
    dueAt: "2026-04-01T00:00:00.000Z",
    endedAt: "2026-04-02T00:00:00.000Z",
  });
  const started = "case,activity,time,lifecycle:transition\n1,a,2026-03-02,start\n1,a,2026-03-03,COMPLETE\n";
  expect(readLog(started)[0]?.steps).toEqual([{ activity: "a", at: "2026-03-03T00:00:00.000Z" }]);
});

test("what was exported as XES is read back as it was, whatever its words", () => {
  const step = fc.record({
    activity: fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
      .filter((one) => !/\p{C}/u.test(one) && one.trim() === one),
    at: fc
      .date({ min: new Date("2000-01-01"), max: new Date("2090-01-01"), noInvalidDate: true })
      .map((one) => one.toISOString()),
    by: fc.constantFrom("office" as const, "petitioner" as const),
    unit: fc.option(fc.constantFrom('B "1"', "<&>")),
  });
  fc.assert(
    fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }), (cases) => {
      const log = { cases: cases.map((events, n) => ({ id: `petition ${n + 1}`, events })) };
      const steps = readLog(toXes(log)).map((one) => one.steps);
      const sorted = cases.map((events) =>
        events.map(({ activity, at }) => ({ activity, at })).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
      );
      expect(steps).toEqual(sorted);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test.each([
  ["2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276Z"],
  ["2011-10-11T13:45:40Z", "2011-10-11T13:45:40.000Z"],
  ["2011-10-11T13:45:40+0200", "2011-10-11T11:45:40.000Z"],
  ["2011-10-11", "2011-10-11T00:00:00.000Z"],
  ["11.10.2011", undefined],
  ["", undefined],
  [undefined, undefined],
])("%s is %s", (written, instant) => {
  expect(instantOf(written)).toBe(instant);
});
