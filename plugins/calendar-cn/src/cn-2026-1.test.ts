import { existsSync, readFileSync } from "node:fs";
import chineseDays from "chinese-days";
import { expect, test } from "vitest";
import { cn2026 } from "./cn-2026-1.ts";
import server from "./server.ts";

const DAY_MS = 86_400_000;
const known = new Map(cn2026.days.map((d) => [d.date, d.kind]));

function* everyDay(from: string, to: string) {
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += DAY_MS) yield new Date(ms).toISOString().slice(0, 10);
}
const isWorkday = (date: string) => {
  const ofWeek = new Date(`${date}T00:00:00Z`).getUTCDay();
  return (known.get(date) ?? (ofWeek === 0 || ofWeek === 6 ? "off" : "work")) === "work";
};

test("every day of the announced years is the working day or the day off that chinese-days knows", () => {
  const days = [...everyDay(cn2026.officialFrom, cn2026.officialUntil)];

  expect(days).toHaveLength(366 + 365 + 365);
  expect(days.filter((d) => isWorkday(d) !== chineseDays.isWorkday(d))).toEqual([]);
});

test("it ends with the last year that was announced", () => {
  expect(cn2026).toMatchObject({ id: "cn-2026.1", officialFrom: "2024-01-01", officialUntil: "2026-12-31" });
  expect(cn2026.days.every((d) => d.date >= cn2026.officialFrom && d.date <= cn2026.officialUntil)).toBe(true);
});

test("every make-up working day falls on a weekend, and no day is named twice", () => {
  const work = cn2026.days.filter((d) => d.kind === "work");

  expect(work.length).toBe(19);
  expect(work.filter((d) => ![0, 6].includes(new Date(d.date).getUTCDay()))).toEqual([]);
  expect(known.size).toBe(cn2026.days.length);
});

test("the calendar is what the plugin contributes", () => {
  expect(server.part.calendars).toEqual([cn2026]);
});

const shared = new URL("../../../../shared/data/holiday-cn/", import.meta.url);

test.skipIf(!existsSync(shared))(
  "its days are those of holiday-cn, all years merged (skipped: ../shared/data/holiday-cn is absent)",
  () => {
    const files = [2024, 2025, 2026, 2027].map((year) =>
      JSON.parse(readFileSync(new URL(`${year}.json`, shared), "utf8")),
    );
    const days: { date: string; name: string; isOffDay: boolean }[] = files.flatMap((f) => f.days);
    const theirs = days.map((d) => [d.date, d.isOffDay ? "off" : "work", d.name]).toSorted();

    expect(cn2026.days.map((d) => [d.date, d.kind, d.name["zh-CN"]]).toSorted()).toEqual(theirs);
  },
);
