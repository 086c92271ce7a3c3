import { expect, test } from "vitest";
import { portions } from "./read-list.ts";
import { joinReports, runPortions } from "./run-portions.ts";

const rows = ["a", "b", "A", "c", "d", "e"].map((username) => ({ username }));

test("a list is divided into portions that keep rows of one key together", () => {
  expect(portions(rows, "username", 3)).toEqual([
    [0, 2, 1],
    [3, 4, 5],
  ]);
  expect(portions(rows, "username", 1).flat().toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(portions([], "username", 3)).toEqual([]);
});

test("the answers of all portions make one report with the rows of the whole list", async () => {
  const sent: number[] = [];
  const progress: number[] = [];
  const report = await runPortions(
    async (input) => {
      sent.push(input.rows.length);
      return {
        applied: input.apply,
        counts: { create: input.rows.length, update: 0, same: 0, error: 0 },
        rows: input.rows.map((row, index) => ({
          row: index + 1,
          key: row.username ?? "",
          action: "create" as const,
          problems: [],
        })),
      };
    },
    rows,
    true,
    { key: "username", size: 3, join: joinReports, onProgress: (done) => progress.push(done) },
  );

  expect(sent).toEqual([3, 3]);
  expect(progress).toEqual([3, 6]);
  expect(report.counts.create).toBe(6);
  expect(report.rows.map((row) => [row.row, row.key])).toEqual([
    [1, "a"],
    [2, "b"],
    [3, "A"],
    [4, "c"],
    [5, "d"],
    [6, "e"],
  ]);
});
