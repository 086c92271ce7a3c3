import { expect, test } from "vitest";
import { later, weekOf } from "./weeks.ts";

test("weeks begin on Monday, and the later of two days is found", () => {
  expect(weekOf("2026-03-02")).toBe(weekOf("2026-03-08"));
  expect(weekOf("2026-03-09")).toBe(weekOf("2026-03-08") + 1);
  expect(later("2026-02-27", "2026-03-02")).toBe("2026-03-02");
  expect(later("2026-03-02", "2026-02-27")).toBe("2026-03-02");
});
