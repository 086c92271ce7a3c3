import { expect, test } from "vitest";
import { addDays, dayOf, instantAt } from "./days.ts";

test("an hour at a unit is the instant at which its clocks show it, summer time included", () => {
  expect(instantAt("2026-03-02", "09:30", "Asia/Shanghai")).toBe("2026-03-02T01:30:00.000Z");
  expect(instantAt("2026-07-01", "09:30", "Europe/Berlin")).toBe("2026-07-01T07:30:00.000Z");
  expect(instantAt("2026-03-29", "03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
});

test("days are those of the place, and counted on the calendar", () => {
  expect(dayOf("2026-03-01T17:00:00Z", "Asia/Shanghai")).toBe("2026-03-02");
  expect(addDays("2026-02-27", 3)).toBe("2026-03-02");
  expect(addDays("2026-03-02", -3)).toBe("2026-02-27");
});
