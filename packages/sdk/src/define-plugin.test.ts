import { expect, test } from "vitest";
import { definePlugin } from "./index.ts";

const text = { "zh-CN": "甲", en: "A" };
const base = { id: "box", title: text, purpose: text, sdk: "^1.0.0" };
const clock = (amount: number) => ({
  visit: { title: text, why: text, amount, unit: "day" as const, atEnd: { to: "handler" as const, words: text } },
});

test("what a definition brings is asked for without being said twice", () => {
  const runs = definePlugin({ ...base, clocks: clock(7), procedures: { talk: { title: text, runs: "mediation" } } });
  expect(runs.capabilities).toEqual(["procedures", "clocks"]);
  expect(definePlugin(base).capabilities).toEqual([]);
});

test.each([0, 3_651, 1.5, Number.NaN])("a period of %s is none", (amount) => {
  expect(() => definePlugin({ ...base, clocks: clock(amount) })).toThrow('The period "visit"');
});

test.each(["ftp://example.org/", "https://example.org", "https://a:b@example.org/", "https://example.org/?q"])(
  "%s is no address to list",
  (address) => {
    expect(() => definePlugin({ ...base, http: [address] })).toThrow("is no address to list");
  },
);
