import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * @typedef {object} VitestReport the parts of vitest's json report that we read
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, assertionResults: { status: string }[] }[]} testResults
 */

/** @type {Tally} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/**
 * Sums up tallies.
 *
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return tallies.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    NOTHING,
  );
}

/** @param {string} reportFile */
const read = (reportFile) => /** @type {VitestReport} */ (JSON.parse(readFileSync(reportFile, "utf8")));

/**
 * Reads what a vitest run did. A file that could not be loaded counts as one failure; so do a run that ended badly
 * without naming a test, one that left no report, and one that executed nothing: silence is never a pass.
 *
 * @param {string} reportFile
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOf(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  const report = read(reportFile);
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + broken.length;
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + unexplained, skipped: report.numPendingTests + report.numTodoTests };
}

/**
 * The files in which something failed.
 *
 * @param {string} reportFile
 * @returns {readonly string[]} none when the run left no report
 */
export function failedFiles(reportFile) {
  if (!existsSync(reportFile)) return [];
  return read(reportFile).testResults.flatMap(({ status, name }) => (status === "failed" ? [name] : []));
}

/**
 * What a run comes to once its failed files were run again by themselves and all passed.
 *
 * @param {string} firstFile report of the whole run
 * @param {Tally} again what the failed files came to the second time
 * @returns {Tally}
 */
export function settled(firstFile, again) {
  const kept = read(firstFile).testResults.filter(({ status }) => status !== "failed");
  const tests = kept.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === "passed").length;
  return sum([{ passed, failed: 0, skipped: tests.length - passed }, again]);
}

/**
 * The last line of a test run.
 *
 * @param {Tally} tally
 */
export function summary(tally) {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
}
