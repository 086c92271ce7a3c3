import { expect, test } from "vitest";
import { intervalMs, nextTurn } from "./interval.ts";

test.each([
  ["1m", 60_000],
  ["6h", 21_600_000],
  ["366d", 31_622_400_000],
  ["367d", undefined],
  ["0m", undefined],
  ["1s", undefined],
  ["1.5h", undefined],
  ["", undefined],
] as const)("%s is %s ms", (every, ms) => {
  expect(intervalMs(every)).toBe(ms);
});

test("the next turn keeps to its hour, whatever was missed", () => {
  const due = new Date("2026-03-02T06:00:00Z");
  const next = (now: string) => nextTurn(due, 86_400_000, new Date(now)).toISOString();

  expect(next("2026-03-02T06:00:10Z")).toBe("2026-03-03T06:00:00.000Z");
  expect(next("2026-03-03T06:00:00Z")).toBe("2026-03-04T06:00:00.000Z");
  expect(next("2026-03-05T23:00:00Z")).toBe("2026-03-06T06:00:00.000Z");
});
