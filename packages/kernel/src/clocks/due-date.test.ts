import type { ClockRole, Track } from "@doorstep/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../calendars/local-days.ts";
import { workCalendar } from "../calendars/work-calendar.ts";
import { testCalendar, testPack } from "../testing/test-policy.ts";
import { type ClockRun, dueDate } from "./due-date.ts";
import { endOfLocalDay } from "./local-time.ts";
import { pauseOn, resumeOn } from "./pauses.ts";
import { effectivePack, type ResolvedRule, resolveRule } from "./policy-rules.ts";

const pack = effectivePack(testPack);
const timeZone = "Asia/Shanghai";
const calendar = workCalendar(testCalendar);
function rule(role: ClockRole, track: Track = "ordinary"): ResolvedRule {
  const found = resolveRule(pack, {}, role, track);
  if (!found) throw new Error(`the test pack has no clock for ${role}`);
  return found;
}
const run = (startedAt: string, more: Partial<ClockRun> = {}): ClockRun => ({ startedAt, timeZone, calendar, ...more });

test("a case filed at 23:30 local time starts on that day and is due at the end of the last one", () => {
  const due = dueDate(rule("route"), run("2026-02-10T15:30:00Z"));

  expect(due).toMatchObject({
    startOn: "2026-02-10",
    dueOn: "2026-02-25",
    dueAt: "2026-02-25T15:59:59.999Z",
    provisional: false,
  });
  expect(due.explain).toMatchObject({ startedAt: "2026-02-10T15:30:00.000Z", timeZone });
});

test("half an hour later it starts on the next day", () => {
  expect(dueDate(rule("route"), run("2026-02-10T16:00:00Z")).startOn).toBe("2026-02-11");
});

test("a start known by its day only is taken as that day", () => {
  expect(dueDate(rule("route"), run("2026-02-10"))).toMatchObject({ startOn: "2026-02-10", dueOn: "2026-02-25" });
  expect(() => dueDate(rule("urgentPhone"), run("2026-02-10"))).toThrow(RangeError);
});

test("hours run in real time, over midnight and holidays", () => {
  const due = dueDate(rule("urgentWritten"), run("2026-02-14T15:00:00Z"));

  expect(due).toMatchObject({ dueAt: "2026-02-14T17:00:00.000Z", dueOn: "2026-02-15", provisional: false });
});

test("an assignment brings its own length, a commitment its own date", () => {
  expect(dueDate(rule("assignedReport"), run("2026-03-02", { ownAmount: 10 })).dueOn).toBe("2026-03-12");
  expect(dueDate(rule("assignedReport"), run("2026-03-02")).dueOn).toBe("2026-05-06");
  expect(dueDate(rule("commitment"), run("2026-03-02", { ownDate: "2026-10-01" }))).toMatchObject({
    dueOn: "2026-10-01",
    provisional: false,
  });
});

test("a commitment without a date, or with one before its start, is refused", () => {
  expect(() => dueDate(rule("commitment"), run("2026-03-02"))).toThrow("clock.ownLengthMissing");
  expect(() => dueDate(rule("commitment"), run("2026-03-02", { ownDate: "2026-03-01" }))).toThrow(
    "clock.ownLengthMissing",
  );
});

test("a petitioner's time is never shorter than he was told; an office's may move both ways", () => {
  const told = { toldOn: "2026-09-30" };

  expect(dueDate(rule("askReview"), run("2026-08-28", told))).toMatchObject({
    dueOn: "2026-09-30",
    dueAt: "2026-09-30T15:59:59.999Z",
  });
  expect(dueDate(rule("decideReview"), run("2026-08-28", told)).dueOn).toBe("2026-09-28");
  expect(dueDate(rule("askReview"), run("2026-08-28", { toldOn: "2026-09-01" })).explain.keptFor).toBeUndefined();
});

test("a date beyond the announced holidays is provisional", () => {
  expect(dueDate(rule("handling"), run("2026-11-20")).provisional).toBe(true);
});

test("a hearing opened on the 10th and closed on the 15th takes six days", () => {
  const paused = pauseOn({ pausedOn: null, excluded: [] }, "2026-06-10");
  const resumed = resumeOn(paused, "2026-06-15", "hearing");

  expect(resumed.pausedOn).toBeNull();
  expect(dueDate(rule("decideRereview"), run("2026-06-01", { excluded: resumed.excluded })).dueOn).toBe("2026-07-07");
});

test("a second pause on the day the first ended does not count that day twice", () => {
  const first = resumeOn(pauseOn({ pausedOn: null, excluded: [] }, "2026-06-10"), "2026-06-12", "hearing");
  const second = resumeOn(pauseOn(first, "2026-06-12"), "2026-06-13", "hearing");

  expect(second.excluded).toEqual([{ from: "2026-06-10", to: "2026-06-13", why: "hearing" }]);
});

test("pausing twice keeps the first day, and resuming a running clock changes nothing", () => {
  const running = { pausedOn: null, excluded: [] };

  expect(pauseOn(pauseOn(running, "2026-06-10"), "2026-06-11").pausedOn).toBe("2026-06-10");
  expect(resumeOn(running, "2026-06-11", "hearing")).toBe(running);
});

test("an extension or a pause never makes a period shorter, and the end is always the end of the due day", () => {
  const start = fc.integer({ min: 0, max: 300 }).map((n) => addDays("2026-01-01", n));
  fc.assert(
    fc.property(
      start,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 9 }),
      (on, extension, from, length) => {
        const excluded = [{ from: addDays(on, from), to: addDays(on, from + length), why: "hearing" as const }];
        const plain = dueDate(rule("decideRereview"), run(on));
        const longer = dueDate(rule("decideRereview"), run(on, { extension }));
        const paused = dueDate(rule("decideRereview"), run(on, { excluded }));

        expect(longer.dueOn >= plain.dueOn).toBe(true);
        expect(paused.dueOn >= plain.dueOn).toBe(true);
        expect(paused.dueAt).toBe(endOfLocalDay(paused.dueOn, timeZone));
      },
    ),
  );
});
