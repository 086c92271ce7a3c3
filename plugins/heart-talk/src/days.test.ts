import { expect, test } from "vitest";
import { addDays, dayOf, instantAt, later, weekOf } from "./days.ts";

test("an hour at a unit is the instant at which its clocks show it, summer time included", () => {
  expect(instantAt("2026-03-02", "09:30", "Asia/Shanghai")).toBe("2026-03-02T01:30:00.000Z");
  expect(instantAt("2026-07-01", "09:30", "Europe/Berlin")).toBe("2026-07-01T07:30:00.000Z");
  expect(instantAt("2026-03-29", "03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(dayOf("2026-03-01T17:00:00Z", "Asia/Shanghai")).toBe("2026-03-02");
});

test("days are counted on the calendar, weeks from Monday", () => {
  expect(addDays("2026-02-27", 3)).toBe("2026-03-02");
  expect(later("2026-02-27", "2026-03-02")).toBe("2026-03-02");
  expect(weekOf("2026-03-02")).toBe(weekOf("2026-03-08"));
  expect(weekOf("2026-03-09")).toBe(weekOf("2026-03-08") + 1);
});
