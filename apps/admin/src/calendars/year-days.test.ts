import { expect, test } from "vitest";
import { editsOf, mayToggle, savedKind, toggled } from "./year-days.ts";

const name = { "zh-CN": "元旦", en: "New Year" };
const days = new Map([
  ["2026-01-01", { date: "2026-01-01", kind: "off" as const, name, from: "announced" as const }],
  ["2026-01-04", { date: "2026-01-04", kind: "work" as const, name, from: "own" as const }],
]);

test("a day is what was announced or set, else what its weekday says", () => {
  expect(["2026-01-01", "2026-01-04", "2026-01-10", "2026-01-12"].map((d) => savedKind(days, d))).toEqual([
    "off",
    "work",
    "off",
    "work",
  ]);
});

test("a press turns a day over, a second one takes that back", () => {
  const once = toggled(days, new Map(), "2026-01-12");
  expect([...once]).toEqual([["2026-01-12", "off"]]);
  expect([...toggled(days, once, "2026-01-12")]).toEqual([]);
});

test("an own day that is pressed goes back to what is announced", () => {
  const changes = toggled(days, toggled(days, new Map(), "2026-01-04"), "2026-01-01");
  expect(editsOf(days, changes)).toEqual([
    { date: "2026-01-01", kind: "work" },
    { date: "2026-01-04", kind: "announced" },
  ]);
});

test("a unit below may only turn days off into working days", () => {
  const below = { mayEdit: true, mayAddOff: false };
  expect(mayToggle(below, undefined, "off", false)).toBe(true);
  expect(mayToggle(below, undefined, "work", false)).toBe(false);
  expect(mayToggle(below, days.get("2026-01-04"), "work", false)).toBe(true);
  expect(mayToggle({ mayEdit: true, mayAddOff: true }, undefined, "work", false)).toBe(true);
  expect(mayToggle({ mayEdit: false, mayAddOff: false }, undefined, "off", false)).toBe(false);
});
