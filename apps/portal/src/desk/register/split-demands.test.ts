import fc from "fast-check";
import { expect, test } from "vitest";
import { filled, proposeDemands, splitAt } from "./split-demands.ts";

test.each([
  ["Chinese numerals", "我有两件事。一、补发津贴差额；二、书面说明原因。", 2],
  ["digits on lines", "事情经过如下：\n1. 补发津贴\n2、说明原因\n3) 道歉", 3],
  ["brackets", "请求：（一）修好窗户。（二）回复报修单。", 2],
  ["circles", "①修窗 \n②回复", 2],
  ["no numbers", "家属20日来队，公寓房窗户漏雨，两次报修均无人回复。", 1],
])("the points of a text with %s are proposed one by one", (_, body, count) => {
  expect(proposeDemands(body, "")).toHaveLength(count);
});

test("a date or an amount is not the number of a point", () => {
  expect(proposeDemands("2026年3月1日起少发 1.5 倍。工资 3.2 万元未发。", "")).toHaveLength(1);
});

test("the wish of a single demand goes with it", () => {
  expect(proposeDemands("窗户漏雨，无人维修。", "尽快修好")).toEqual([
    { text: "窗户漏雨，无人维修。", desiredOutcome: "尽快修好" },
  ]);
});

test("whatever people write, between one and twenty demands within the contract's length are proposed", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 5, maxLength: 400, unit: "grapheme" }).filter((s) => s.trim() !== ""),
      (body) => {
        const demands = proposeDemands(`${body}\n1. x${body}\n2. y`, "");

        expect(demands.length).toBeGreaterThanOrEqual(1);
        expect(demands.length).toBeLessThanOrEqual(20);
        for (const demand of demands) expect(demand.text.length).toBeLessThanOrEqual(2_000);
      },
    ),
  );
});

test("a demand is split where the cursor stands, and not into nothing", () => {
  const one = [{ text: "修窗，回复报修单", desiredOutcome: "月底前" }];

  expect(splitAt(one, 0, 3)).toEqual([
    { text: "修窗，", desiredOutcome: "月底前" },
    { text: "回复报修单", desiredOutcome: "" },
  ]);
  expect(splitAt(one, 0, 0)).toBe(one);
  expect(splitAt(one, 5, 1)).toBe(one);
});

test("empty lines are not sent", () => {
  expect(
    filled([
      { text: " 修窗 ", desiredOutcome: "" },
      { text: "  ", desiredOutcome: "x" },
    ]),
  ).toEqual([{ text: "修窗", desiredOutcome: "" }]);
});
