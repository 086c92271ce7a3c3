import { notificationKinds } from "@doorstep/contracts";
import { expect, test } from "vitest";
import en from "./en.json" with { type: "json" };
import { hrefOf, sentenceOf } from "./notification-line.ts";
import type { WordKey, Words } from "./words.ts";

const words: Words = (key, values = {}) => en[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
const known = (key: string): key is WordKey => key in en;
const say = (kind: string, params: Record<string, string> = {}) =>
  sentenceOf({ kind: kind as "news", params }, words, "en", known);

test("every kind has a name and a sentence of its own; one of a later version says that there is news", () => {
  for (const kind of notificationKinds) {
    expect(known(`kind.${kind}`), kind).toBe(true);
    expect(known(`say.${kind}`), kind).toBe(true);
  }
  expect(new Set(notificationKinds.map((kind) => say(kind))).size).toBe(notificationKinds.length);
  expect(say("somethingNew")).toBe(en["say.news"]);
});

test("a date is told where there is one", () => {
  expect(say("deadline", { dueOn: "2026-03-17" })).toMatch(/due by .*2026/);
  expect(say("deadline")).toBe(en["say.deadline"]);
});

test("a module says it in its own words", () => {
  expect(say("module", { module: "visits", zh: "到期", en: "Two visits are due." })).toBe("Two visits are due.");
});

test("it leads to the desk or to one's own petition, by id where the number must not be shown", () => {
  const id = "0199a000-0000-7000-8000-000000000000";
  expect(hrefOf({ side: "staff", caseId: id, caseNo: "2026-7K3M9Q-X" })).toBe("/desk/c/2026-7K3M9Q-X");
  expect(hrefOf({ side: "staff", caseId: id, caseNo: null })).toBe(`/desk/c/${id}`);
  expect(hrefOf({ side: "petitioner", caseId: id, caseNo: null })).toBe(`/my/${id}`);
  expect(hrefOf({ side: "staff", caseId: id, caseNo: null, mustAcknowledge: true })).toBe("/desk/duty");
  expect(hrefOf({ side: "staff", caseId: id, caseNo: null, kind: "awaited", mustAcknowledge: true })).toBe(
    `/desk/c/${id}`,
  );
  expect(hrefOf({ side: "staff", caseId: null, caseNo: null })).toBeUndefined();
});
