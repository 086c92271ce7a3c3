import { expect, test } from "vitest";
import { dueMark, markOf } from "./due-mark.ts";

test.each([
  [{ daysLeft: 12 }, "ample"],
  [{ daysLeft: 4 }, "ample"],
  [{ daysLeft: 3 }, "soon"],
  [{ daysLeft: 1 }, "soon"],
  [{ daysLeft: 0 }, "today"],
  [{ daysLeft: -1 }, "overdue"],
  [{ daysLeft: -1, paused: true }, "paused"],
  [{ daysLeft: -1, paused: true, done: true }, "done"],
] as const)("%o is %s", (due, state) => {
  expect(dueMark(due).state).toBe(state);
});

test("no two states share a symbol, so that colour is never needed", () => {
  const symbols = (["ample", "soon", "today", "overdue", "paused", "done"] as const).map(
    (state) => markOf(state).symbol,
  );

  expect(new Set(symbols).size).toBe(symbols.length);
});
