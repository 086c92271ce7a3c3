import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failedFiles, settled, sum, summary, tallyOf } from "./tally.mjs";

const passedFile = { status: "passed", assertionResults: [{ status: "passed" }] };

function report(parts: object): string {
  const file = join(mkdtempSync(join(tmpdir(), "doorstep-tally-")), "report.json");
  const empty = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  writeFileSync(file, JSON.stringify({ ...empty, ...parts }));
  return file;
}

test("a clean run is counted as it is", () => {
  const file = report({ numPassedTests: 7, numPendingTests: 2, numTodoTests: 1, testResults: [passedFile] });

  expect(tallyOf(file, 0)).toEqual({ passed: 7, failed: 0, skipped: 3 });
});

test("a file that could not be loaded is a failure, beside failed tests", () => {
  const broken = { status: "failed", assertionResults: [] };
  const failing = { status: "failed", assertionResults: [{ status: "failed" }] };
  const file = report({ numPassedTests: 1, numFailedTests: 1, testResults: [passedFile, broken, failing] });

  expect(tallyOf(file, 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test.each([
  ["that ended badly without a failed test", { numPassedTests: 5, testResults: [passedFile] }, 1],
  ["that executed nothing", {}, 0],
  ["that skipped everything", { numPendingTests: 3 }, 0],
])("a run %s is a failure", (_, parts, exitCode) => {
  expect(tallyOf(report(parts), exitCode).failed).toBe(1);
});

test("a run that left no report is a failure", () => {
  expect(tallyOf("/nowhere/report.json", 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("what passed when run again takes the place of what its files came to at first", () => {
  const steady = { name: "a.test.ts", ...passedFile };
  const quiet = {
    name: "b.test.ts",
    status: "passed",
    assertionResults: [{ status: "pending" }, { status: "passed" }],
  };
  const upset = {
    name: "c.test.ts",
    status: "failed",
    assertionResults: [{ status: "failed" }, { status: "passed" }, { status: "skipped" }],
  };
  const file = report({
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [steady, quiet, upset],
  });

  expect(failedFiles(file)).toEqual(["c.test.ts"]);
  expect(settled(file, { passed: 2, failed: 0, skipped: 1 })).toEqual({ passed: 4, failed: 0, skipped: 2 });
  expect(failedFiles("/nowhere/report.json")).toEqual([]);
});

test("the last line adds everything up", () => {
  const total = sum([
    { passed: 9, failed: 0, skipped: 0 },
    { passed: 100, failed: 2, skipped: 3 },
  ]);

  expect(summary(total)).toBe("109 passed, 2 failed, 3 skipped");
});
