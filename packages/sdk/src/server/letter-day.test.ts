import { expect, test } from "vitest";
import { letterDay } from "./letter-day.ts";

test("a day is written as letters write it, in both languages", () => {
  expect([letterDay("2026-12-08", "zh-CN"), letterDay("2026-12-08", "en")]).toEqual([
    "2026年12月8日",
    "8 December 2026",
  ]);
  expect([letterDay("2027-01-31", "zh-CN"), letterDay("2027-01-31", "en")]).toEqual([
    "2027年1月31日",
    "31 January 2027",
  ]);
});
