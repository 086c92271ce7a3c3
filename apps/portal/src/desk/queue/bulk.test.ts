import { expect, test } from "vitest";
import { bulkKeys, offeredFor, runBulk } from "./bulk.ts";
import { factsFor, isComplete, nothingTyped } from "./bulk-typed.ts";

const claim = (state: "registered" | "accepted" | "inHandling" | "replied" | "final" | "withdrawn") => ({
  state,
  category: "claim" as const,
});
const suggestion = { state: "inHandling", category: "suggestion" } as const;

test("an act is offered only where it fits every chosen case", () => {
  expect(offeredFor([claim("registered"), claim("registered")])).toEqual(["transfer"]);
  expect(offeredFor([claim("registered"), claim("replied")])).toEqual([]);
  expect(offeredFor([claim("final"), claim("withdrawn")])).toEqual(["archive"]);
  expect(offeredFor([claim("accepted"), claim("inHandling")])).toEqual(["assign"]);
  expect(offeredFor([claim("inHandling"), claim("inHandling")])).toEqual(["assign", "reply"]);
  expect(offeredFor([claim("inHandling"), suggestion])).toEqual(["assign"]);
  expect(offeredFor([])).toEqual([]);
});

test("a refused case does not keep the others from being done", async () => {
  const told: string[] = [];
  const act = (item: { caseId: string }) =>
    item.caseId === "b" ? Promise.reject(new Error("stale")) : Promise.resolve();

  const outcomes = await runBulk([{ caseId: "a" }, { caseId: "b" }, { caseId: "c" }], act, (o) => told.push(o.caseId));

  expect(told).toEqual(["a", "b", "c"]);
  expect(outcomes.map((outcome) => outcome.error === undefined)).toEqual([true, false, true]);
});

test("the same words for the same case have the same key; other words, another case or another version do not", () => {
  let n = 0;
  const keyOf = bulkKeys(() => {
    n += 1;
    return `key-${n}`;
  });
  const item = { caseId: "a", version: 1 };

  expect(keyOf(item, { plan: "x" })).toBe(keyOf(item, { plan: "x" }));
  const keys = [
    keyOf(item, { plan: "x" }),
    keyOf(item, { plan: "y" }),
    keyOf({ ...item, caseId: "b" }, { plan: "x" }),
    keyOf({ ...item, version: 2 }, { plan: "x" }),
  ];
  expect(new Set(keys).size).toBe(4);
});

test("a reply for several cases has the common words and each case's own, and the facts may stand with each alone", () => {
  const answer = { outcome: "explained", facts: "", opinion: "维持", basis: "第一条", steps: "" } as const;
  const typed = { ...nothingTyped, kind: "explain", answer, summary: "说明", own: { a: "三月已发" } } as const;
  const [a, b] = [{ caseId: "a" }, { caseId: "b" }];

  expect(isComplete("reply", typed, [a])).toBe(true);
  expect(isComplete("reply", typed, [a, b])).toBe(false);
  expect(isComplete("reply", { ...typed, answer: { ...answer, facts: "查明" } }, [a, b])).toBe(true);
  expect(isComplete("reply", { ...typed, answer: { ...answer, outcome: "supported" } }, [a])).toBe(false);
  expect(isComplete("reply", { ...typed, summary: " " }, [a])).toBe(false);
  expect(isComplete("assign", typed, [a])).toBe(false);
  expect(isComplete("assign", { ...typed, handlerId: "p" }, [a])).toBe(true);
  expect(isComplete("transfer", { ...typed, reason: "x" }, [a])).toBe(false);
  expect(isComplete("archive", nothingTyped, [a])).toBe(true);
  expect(factsFor({ ...typed, answer: { ...answer, facts: "查明" } }, "a")).toBe("查明\n三月已发");
});
