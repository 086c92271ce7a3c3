import { expect, test } from "vitest";
import type { TextFunction } from "../app/i18n.ts";
import en from "./en.json" with { type: "json" };
import { itemLine } from "./item-line.ts";

const items = en.item as Readonly<Record<string, string>>;
const text: TextFunction = (key, values = {}) => {
  const stem = key.replace("overview.item.", "");
  const found = items[stem] ?? items[`${stem}_${values["count"] === 1 ? "one" : "other"}`] ?? key;
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
};
const words = { text, name: (name: { en: string }) => name.en, date: (date: string) => date, language: "en" as const };
const unit = { id: "u1", name: { "zh-CN": "一营", en: "Battalion 1" } };

test("a lack names the unit, how many below share it, and leads to its people", () => {
  const line = itemLine({ level: "red", code: "noIntakePerson", params: { below: 2 }, unit }, words);

  expect(line).toEqual({
    text: "Nobody takes in petitions: Battalion 1",
    note: "The same holds for 2 more units below.",
    to: "/units/u1?tab=people",
  });
});

test.each([
  ["noDisciplineOrganAbove", { below: 0 }, "/units/u1"],
  ["peopleInRetiredUnit", { count: 1 }, "/people?unit=u1"],
  ["dutyGap", { below: 0 }, "/units/u1?tab=duty"],
  ["dutyNobody", { count: 1 }, "/units"],
  ["grantsWaiting", { count: 3 }, "/people/waiting"],
  ["newsParked", { count: 2 }, undefined],
  ["quarantine", { count: 2 }, undefined],
  ["module.quarantined", { id: "talks", zh: "谈心", en: "Talks" }, "/modules/talks"],
  ["backupOld", { hours: 30 }, "/backups"],
  ["backupNever", {}, "/backups"],
  ["backupFailed", {}, "/backups"],
  ["calendarEnds", { until: "2026-12-31", region: "cn" }, "/calendars"],
])("%s says a whole sentence and leads to where it is mended", (code, params, to) => {
  const line = itemLine({ level: "amber", code, params, unit }, words);

  expect(line.to).toBe(to);
  expect(line.text).not.toMatch(/undefined|overview\.|\{\{/);
});
