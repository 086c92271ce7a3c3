import { expect, test } from "vitest";
import { type Cell, cellKey, gridKey, nextChoice, shownCell, withChange } from "./matrix-cell.ts";

const cell = (part: Partial<Cell> = {}): Cell => ({
  pluginId: "talks",
  own: "inherit",
  lock: false,
  effective: true,
  lockedByAbove: false,
  warning: false,
  ...part,
});
const change = (choice: "inherit" | "on" | "off", lock = false) => ({
  unitId: "u1",
  pluginId: "talks",
  choice,
  lock,
  why: "",
});

test.each([
  [cell({ own: "on" }), undefined, "●"],
  [cell({ own: "off", effective: false }), undefined, "⊘"],
  [cell(), undefined, "◐"],
  [cell({ effective: false }), undefined, "○"],
  [cell(), change("off"), "⊘"],
  [cell({ own: "on" }), change("inherit"), "◌"],
])("a cell shows the choice in force, or the one pending over it", (given, pending, symbol) => {
  expect(shownCell(given, pending)).toMatchObject({ symbol, pending: pending !== undefined });
});

test("space goes round inherit, on, off", () => {
  expect([nextChoice("inherit"), nextChoice("on"), nextChoice("off")]).toEqual(["on", "off", "inherit"]);
});

test("a change back to what holds is no change", () => {
  const once = withChange(new Map(), cell(), change("on"));

  expect(once.get(cellKey("u1", "talks"))?.choice).toBe("on");
  expect(withChange(once, cell(), change("inherit")).size).toBe(0);
});

test("a lock without a choice of one's own is dropped, a lock alone is a change", () => {
  expect(withChange(new Map(), cell(), change("inherit", true)).size).toBe(0);
  expect(withChange(new Map(), cell({ own: "on" }), change("on", true)).size).toBe(1);
});

test.each([
  ["ArrowDown", { row: 4, column: 1 }, { row: 4, column: 1 }],
  ["ArrowUp", { row: 2, column: 1 }, { row: 1, column: 1 }],
  ["PageDown", { row: 0, column: 1 }, { row: 4, column: 1 }],
  ["ArrowRight", { row: 0, column: 3 }, { row: 0, column: 3 }],
  ["ArrowLeft", { row: 0, column: 1 }, { row: 0, column: 0 }],
  ["Home", { row: 2, column: 2 }, { row: 2, column: 0 }],
  ["End", { row: 2, column: 0 }, { row: 2, column: 3 }],
  ["x", { row: 0, column: 0 }, undefined],
])("%s stays inside the grid", (key, at, to) => {
  expect(gridKey(key, at, 5, 3)).toEqual(to);
});
