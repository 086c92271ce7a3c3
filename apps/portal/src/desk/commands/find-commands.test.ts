import { expect, test } from "vitest";
import { caseNoIn, findCommands, nextPlace } from "./find-commands.ts";

test.each([
  ["2026-7K3M9Q-X", "2026-7K3M9Q-X"],
  [" 2026 7k3m9q x", "2026-7K3M9Q-X"],
  ["20267K3M9QX", "2026-7K3M9Q-X"],
  ["2O26-7K3M9Q-I", "2026-7K3M9Q-1"],
  ["2026-7K3M9Q", undefined],
  ["审批", undefined],
  ["", undefined],
])("%s is read as the number %s", (typed, no) => {
  expect(caseNoIn(typed)).toBe(no);
});

test("every word typed must be there, in any order and case", () => {
  const commands = ["去“审批”", "Go to “Overdue”", "Go to “My work”"].map((label) => ({
    key: label,
    label,
    run: () => undefined,
  }));

  const labels = (words: string) => findCommands(commands, words).map((command) => command.label);

  expect(labels("审")).toEqual(["去“审批”"]);
  expect(labels("WORK go")).toEqual(["Go to “My work”"]);
  expect(labels("  ")).toHaveLength(3);
  expect(labels("nothing")).toEqual([]);
});

test("the choice runs round", () => {
  expect(nextPlace(2, 1, 3)).toBe(0);
  expect(nextPlace(0, -1, 3)).toBe(2);
  expect(nextPlace(0, 1, 0)).toBe(0);
});
