import { expect, test } from "vitest";
import { formatBytes, formatDate, formatInstant, showTimesIn } from "./format.ts";
import { toLanguage } from "./languages.ts";
import { uiText } from "./ui-text.ts";

test("a local date keeps its day whatever the reader's time zone", () => {
  expect(formatDate("2026-12-08", "zh-CN")).toBe("2026年12月8日");
  expect(formatDate("2026-12-08", "en")).toBe("8 December 2026");
});

test("an instant is written in the time zone of the unit", () => {
  expect(formatInstant("2026-11-23T16:30:00Z", "en", "Asia/Shanghai")).toContain("24 November 2026");
  expect(formatInstant("2026-11-23T16:30:00Z", "en", "UTC")).toContain("23 November 2026");
});

test("screens show the unit's time; where the browser's clock differs, the zone stands beside it", () => {
  const at = "2026-11-23T16:30:00Z";
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const elsewhere = own === "Asia/Shanghai" ? "America/Lima" : "Asia/Shanghai";
  expect(formatInstant(at, "en")).toBe(formatInstant(at, "en", own));
  showTimesIn(elsewhere);
  expect(formatInstant(at, "en")).toBe(formatInstant(at, "en", elsewhere));
  expect(formatInstant(at, "en")).toMatch(/GMT[+-]\d/);
  expect(formatInstant(at, "zh-CN")).toMatch(/GMT[+-]\d/);
  showTimesIn(undefined);
  expect(formatInstant(at, "en")).toMatch(/GMT[+-]\d/);
  showTimesIn(own);
  expect(formatInstant(at, "en")).not.toContain("GMT");
});

test("what is no date is shown as it came", () => {
  expect(formatDate("soon", "en")).toBe("soon");
  expect(formatInstant("", "en")).toBe("");
});

test("a size is never shown as nothing", () => {
  expect(formatBytes(10, "en")).toBe("1 KB");
  expect(formatBytes(1_468_006, "en")).toBe("1.4 MB");
});

test("an unknown language is the source language", () => {
  expect([toLanguage("en-US"), toLanguage("zh-Hant"), toLanguage("fr"), toLanguage(null)]).toEqual([
    "en",
    "zh-CN",
    "zh-CN",
    "zh-CN",
  ]);
});

test("the parts speak both languages with the values put in", () => {
  expect(uiText("zh-CN")("step", { current: 2, total: 6 })).toBe("第 2 步，共 6 步");
  expect(uiText("en")("step", { current: 2, total: 6 })).toBe("Step 2 of 6");
});
