import { expect, it } from "vitest";
import { markRefused } from "./mark-refused.ts";

const refused = (fields: object, limits: object = {}) => ({ data: { code: "input.invalid", fields, limits } });
const names = ["place", "why", "days", "people"];

it.each([
  ["too_small", { of: "characters", is: 2 }, "太短了，最少 2 个字", "Too short: at least 2 characters"],
  ["too_small", { of: "characters", is: 1 }, "请填写", "Please fill this in"],
  ["too_big", { of: "characters", is: 2000 }, "太长了，最多 2,000 个字", "Too long: at most 2,000 characters"],
  ["too_big", { of: "number", is: 30 }, "最大填 30", "The most is 30"],
  ["too_small", { of: "items", is: 1 }, "最少选 1 项", "Choose at least 1"],
  ["invalid_format", undefined, "这一项填写不符合要求，请更正", "This is not filled in as needed: please correct it"],
  ["too_small", undefined, "这一项填写不符合要求，请更正", "This is not filled in as needed: please correct it"],
])("says of %s with %j what to do", (code, limit, zh, en) => {
  const error = refused({ why: code }, limit && { why: limit });
  expect(markRefused(error, names, "zh-CN")).toEqual({ why: zh });
  expect(markRefused(error, names, "en")).toEqual({ why: en });
});

it("marks the field a path leads through, in the order of the form", () => {
  const error = refused({ "people.0": "invalid_format", "wish.why": "too_small", "0.place.text": "invalid_type" });
  expect(Object.keys(markRefused(error, names, "en"))).toEqual(["place", "why", "people"]);
});

it.each([
  ["of another kind", { data: { code: "forbidden", fields: { why: "too_small" } } }],
  ["that speaks of no field of the form", refused({ caseId: "invalid_format" })],
  ["of the line", new TypeError("Failed to fetch")],
  ["that is none", null],
])("marks nothing for an error %s", (_, error) => {
  expect(markRefused(error, names, "en")).toEqual({});
});
