import { expect, test } from "vitest";
import { toCsv } from "./csv.ts";

test("a cell is quoted and never a formula", () => {
  expect(toCsv([['说"好"', "=1+1", "-2", "plain"], ["\t@a"]])).toBe(
    `\uFEFF"说""好""","'=1+1","'-2","plain"\r\n"'\t@a"\r\n`,
  );
});
