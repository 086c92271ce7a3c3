import { expect, test } from "vitest";
import { halfOf, isOver, nextDue } from "./next-due.ts";

const settings = { nearDays: 30, furtherDays: 90, arrivalDays: 7, eventDays: 3, samplePercent: 10, keepMonths: 12 };
const kept = (more: object) => ({
  ...{ unitId: "u", talkerId: "t", personId: "p", pace: "further" as const, drawn: false, since: "2026-03-02" },
  ...{ lastHeldOn: null, ...more },
});

test("a year has two halves", () => {
  for (const day of ["2026-01-01", "2026-06-30"]) expect(halfOf(day)).toEqual({ from: "2026-01-01", to: "2026-06-30" });
  for (const day of ["2026-07-01", "2026-12-31"]) expect(halfOf(day)).toEqual({ from: "2026-07-01", to: "2026-12-31" });
});

test("who was drawn has until the end of the half-year, and is talked with once; others again and again", () => {
  expect(nextDue(kept({ drawn: true }), settings)).toBe("2026-06-30");
  expect(nextDue(kept({}), settings)).toBe("2026-03-09");
  expect(nextDue(kept({ lastHeldOn: "2026-03-10" }), settings)).toBe("2026-06-08");
  expect(nextDue(kept({ lastHeldOn: "2026-03-10", pace: "near" }), settings)).toBe("2026-04-09");
  expect(isOver(kept({ drawn: true }))).toBe(false);
  expect(isOver(kept({ drawn: true, lastHeldOn: "2026-03-10" }))).toBe(true);
  expect(isOver(kept({ lastHeldOn: "2026-03-10" }))).toBe(false);
});
