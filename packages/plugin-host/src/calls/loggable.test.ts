import { expect, test } from "vitest";
import { loggable } from "./loggable.ts";

test.each([
  ["boxes not opened in time", true],
  ["took 3 of 40 rows; 2 left out (old)", true],
  ["wrote to li@example.org", false],
  ["called back 13800000000", false],
  ["给王小虎回了电话", false],
  ["", false],
  ["x".repeat(121), false],
])("of the sentence %j: kept %s", (message, kept) => {
  expect(loggable(message).message === message).toBe(kept);
});

test.each([
  [3, true],
  [false, true],
  ["0198c5a8-1111-7222-8333-123456789012", true],
  ["2026-03-09T02:00:00.000Z", true],
  ["case.registered", true],
  ["FIRST", true],
  ["王小虎", false],
  ["Wang Xiaohu", false],
  ["li@example.org", false],
  ["13800000000", false],
  [{ name: "王小虎" }, false],
  [null, false],
])("of the fact %j: kept %s", (value, kept) => {
  expect(loggable("x", { value }).facts.value).toBe(kept ? value : "withheld");
});

test("names of facts are no place for words either, and there are not many of them", () => {
  expect(loggable("x", { 王小虎: 1, "li@example.org": 2, ok: 3 }).facts).toEqual({ ok: 3 });
  for (const none of [null, "王小虎", undefined]) expect(loggable("x", none).facts).toEqual({});
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${"a".repeat(n)}`, n]));
  expect(Object.keys(loggable("x", many).facts)).toHaveLength(12);
});
