import { expect, test } from "vitest";
import { differences } from "./message-keys.ts";

test("two catalogues that say the same things do not differ", () => {
  const zh = { rows: "{{count}} 行", step: { one: "第一步" } };
  const en = { rows_one: "{{count}} row", rows_other: "{{count}} rows", step: { one: "Step one" } };

  expect(differences(zh, en)).toEqual([]);
});

test.each([
  [{ a: "甲" }, {}, ["en lacks a"]],
  [{}, { a: { b: "b" } }, ["zh-CN lacks a.b"]],
  [{ a: "甲" }, { a: " " }, ["a is empty"]],
  [{ a: "{{n}} 行" }, { a: "rows" }, ["a has other placeholders"]],
])("%j and %j differ: %j", (zh, en, found) => {
  expect(differences(zh, en)).toEqual(found);
});
