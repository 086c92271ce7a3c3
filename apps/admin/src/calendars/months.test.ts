import { expect, test } from "vitest";
import { dayOfWeek, isWeekend, monthOf, monthsBetween, monthsOfYear, shifted } from "./months.ts";

test("a month begins on its weekday and holds each of its days once", () => {
  const february = monthOf("2026-02");
  expect(february.weeks[0]).toEqual([null, null, null, null, null, null, "2026-02-01"]);
  expect(february.weeks.flat().filter((day) => day !== null)).toHaveLength(28);
  expect(
    monthOf("2028-02")
      .weeks.flat()
      .filter((day) => day !== null),
  ).toHaveLength(29);
});

test("a year holds each day once, under its weekday", () => {
  const days = monthsOfYear(2026).flatMap((month) =>
    month.weeks.flatMap((week) => week.map((day, n) => [day, n] as const)),
  );
  const real = days.filter(([day]) => day !== null);
  expect(real).toHaveLength(365);
  expect(new Set(real.map(([day]) => day)).size).toBe(365);
  expect(real.every(([day, n]) => dayOfWeek(day ?? "") === n)).toBe(true);
});

test("days are moved over ends of months and years", () => {
  expect(shifted("2026-12-31", 1)).toBe("2027-01-01");
  expect(shifted("2026-03-01", -1)).toBe("2026-02-28");
  expect([isWeekend("2026-11-28"), isWeekend("2026-11-27")]).toEqual([true, false]);
});

test("the months of a span, no more than asked for", () => {
  expect(monthsBetween("2026-11-28", "2027-02-01", 12).map((m) => m.key)).toEqual([
    "2026-11",
    "2026-12",
    "2027-01",
    "2027-02",
  ]);
  expect(monthsBetween("2026-01-01", "2030-01-01", 3)).toHaveLength(3);
});
