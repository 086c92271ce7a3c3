import { expect, test } from "vitest";
import { brokenRule, summarise } from "./error-summary.ts";

const labels = new Map([
  ["what", "What happened"],
  ["where", "Which unit"],
]);

test("errors are listed in the order of the page, not in the order they were found", () => {
  const lines = summarise({ where: "choose one", what: "say it" }, labels);

  expect(lines.map((line) => line.name)).toEqual(["what", "where"]);
  expect(lines[0]).toEqual({ name: "what", label: "What happened", error: "say it" });
});

test("an error without a field on the page is still told", () => {
  expect(summarise({ hidden: "broken" }, labels)).toEqual([{ name: "hidden", label: "hidden", error: "broken" }]);
});

test("a field that is right has no line", () => {
  expect(summarise({ what: "", where: undefined }, labels)).toEqual([]);
});

test.each([
  ["", { required: true }, "required"],
  ["  \n", { required: true }, "required"],
  [undefined, { required: true }, "required"],
  [false, { required: true }, "required"],
  [0, { required: true }, undefined],
  ["", {}, undefined],
  ["", { required: true, chosen: true }, "choose"],
  ["yes", { required: true, chosen: true }, undefined],
  ["abcd", { maxLength: 3 }, "tooLong"],
  ["abc", { maxLength: 3 }, undefined],
] as const)("%o under %o is %s", (value, rule, broken) => {
  expect(brokenRule(value, rule)).toBe(broken);
});
