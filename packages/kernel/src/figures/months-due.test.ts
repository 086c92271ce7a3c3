import { expect, test } from "vitest";
import { monthsDue } from "./months-due.ts";

test.each([
  ["2026-03-11", "2026-02"],
  ["2026-03-10", "2026-01"],
  ["2026-03-01", "2026-01"],
  ["2026-01-11", "2025-12"],
  ["2026-01-10", "2025-11"],
])("on %s the newest month to be released is %s", (today, month) => {
  expect(monthsDue(today)[0]).toBe(month);
});

test("the twelve months before it are due with it", () => {
  expect(monthsDue("2026-03-11").slice(1)).toHaveLength(12);
  expect(monthsDue("2026-03-11").at(-1)).toBe("2025-02");
});
