import { expect, test } from "vitest";
import { arrivals, badgeOf, moved, rowsOf, toggled } from "./arrivals.ts";

const row = (caseId: string) => ({ caseId, dueOn: null });

test("only cases that are not on the screen yet have arrived", () => {
  expect(arrivals([row("a"), row("b")], [row("n"), row("a")])).toEqual(["n"]);
  expect(arrivals([row("a"), row("b")], [row("b")])).toEqual([]);
});

test("a case that moved between two pages stands in the list once", () => {
  expect(rowsOf([{ items: [row("a"), row("b")] }, { items: [row("b"), row("c")] }]).map((r) => r.caseId)).toEqual([
    "a",
    "b",
    "c",
  ]);
});

test.each([
  [-1, 1, 3, 0],
  [-1, -1, 3, 0],
  [0, -1, 3, 0],
  [1, 1, 3, 2],
  [2, 1, 3, 2],
  [0, 1, 0, -1],
] as const)("from row %i a step of %i in %i rows leads to %i", (index, step, count, expected) => {
  expect(moved(index, step, count)).toBe(expected);
});

test.each([
  [undefined, undefined],
  [0, undefined],
  [7, "7"],
  [99, "99"],
  [100, "99+"],
])("a count of %o is shown as %o", (count, badge) => {
  expect(badgeOf(count)).toBe(badge);
});

test("choosing a row twice unchooses it", () => {
  const once = toggled(new Set(["a"]), "b");

  expect([...once]).toEqual(["a", "b"]);
  expect([...toggled(once, "a")]).toEqual(["b"]);
});
