import { clockSignals } from "@doorstep/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../calendars/local-days.ts";
import { endOfLocalDay } from "./local-time.ts";
import { advanceSignals, restartSignals, type SignalledClock, signalsOf } from "./signals.ts";

const timeZone = "Asia/Shanghai";
const clock = (startedAt: string, dueOn: string, more: Partial<SignalledClock> = {}): SignalledClock => ({
  startedAt,
  dueOn,
  dueAt: endOfLocalDay(dueOn, timeZone),
  timeZone,
  unit: "day",
  signals: clockSignals,
  ...more,
});
const tenDays = clock("2026-03-01T16:00:00.000Z", "2026-03-11");

test("a clock of ten days signals at half, three days before the end, at 80 %, when due and a day later", () => {
  expect(signalsOf(tenDays)).toEqual([
    { kind: "half", at: "2026-03-06T15:59:59.999Z" },
    { kind: "threeDaysLeft", at: "2026-03-08T15:59:59.999Z" },
    { kind: "eightyPercent", at: "2026-03-09T15:59:59.999Z" },
    { kind: "due", at: "2026-03-11T15:59:59.999Z" },
    { kind: "overdue", at: "2026-03-12T15:59:59.999Z" },
  ]);
});

test("a clock shorter than three days has no signal three days before its end", () => {
  expect(signalsOf(clock("2026-03-02T01:00:00Z", "2026-03-03")).map((s) => s.kind)).not.toContain("threeDaysLeft");
});

test("a clock that runs in hours signals in hours", () => {
  const hour = clock("2026-03-02T01:00:00.000Z", "2026-03-02", {
    dueAt: "2026-03-02T02:00:00.000Z",
    unit: "hour",
    signals: ["half", "threeDaysLeft", "due"],
  });

  expect(signalsOf(hour)).toEqual([
    { kind: "half", at: "2026-03-02T01:30:00.000Z" },
    { kind: "due", at: "2026-03-02T02:00:00.000Z" },
  ]);
});

test("of an imported clock that is long overdue only the breach is signalled, from the import on", () => {
  const imported = clock("2019-03-01", "2019-03-18", { effectsFrom: "2026-03-01T00:00:00.000Z" });

  expect(signalsOf(imported)).toEqual([
    { kind: "due", at: "2026-03-01T00:00:00.000Z" },
    { kind: "overdue", at: "2026-03-01T00:00:00.000Z" },
  ]);
});

test("after a standstill only the latest warning is given, and nothing twice", () => {
  const all = signalsOf(tenDays);

  const step = advanceSignals(all, 0, "2026-03-10T00:00:00Z");

  expect(step).toEqual({ fire: ["eightyPercent"], passed: 3, nextAt: "2026-03-11T15:59:59.999Z" });
  expect(advanceSignals(all, step.passed, "2026-03-10T00:00:00Z").fire).toEqual([]);
});

test("after a standstill beyond the end both breach signals come and no warning", () => {
  expect(advanceSignals(signalsOf(tenDays), 1, "2026-04-01T00:00:00Z")).toEqual({
    fire: ["due", "overdue"],
    passed: 5,
    nextAt: null,
  });
});

test("a clock whose end moved does not repeat warnings that lie behind", () => {
  expect(restartSignals(signalsOf(tenDays), "2026-03-09T00:00:00Z")).toEqual({
    fire: [],
    passed: 2,
    nextAt: "2026-03-09T15:59:59.999Z",
  });
});

test("whatever the moments of the sweep, due and overdue come exactly once and warnings only before the end", () => {
  const sweeps = fc.array(fc.integer({ min: 0, max: 40 * 24 }), { maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), sweeps, (length, hours) => {
      const all = signalsOf(clock("2026-03-01T16:00:00.000Z", addDays("2026-03-01", length)));
      const moments = [...hours, 50 * 24]
        .toSorted((a, b) => a - b)
        .map((h) => new Date(Date.parse("2026-03-01T16:00:00Z") + h * 3_600_000).toISOString());
      let passed = 0;
      const fired: string[] = [];
      for (const now of moments) {
        const step = advanceSignals(all, passed, now);
        fired.push(...step.fire);
        passed = step.passed;
        if (step.nextAt !== null) expect(step.nextAt > now).toBe(true);
      }

      expect(fired.filter((kind) => kind === "due")).toHaveLength(1);
      expect(fired.at(-1)).toBe("overdue");
      expect(new Set(fired).size).toBe(fired.length);
    }),
  );
});
