import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { check } from "./check.mjs";
import { bin, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";
import { LaunchError, say, seconds } from "./say.mjs";
import { build } from "./start.mjs";
import { failedFiles, settled, sum, summary, tallyOf } from "./tally.mjs";
import { OUTSIDE } from "./told-reporter.mjs";

/**
 * Runs everything: the checks, the tests with the database, the tests in a browser. Each part runs also when an
 * earlier one failed, so that one pass shows all.
 *
 * @param {{ long: boolean }} options long: the breadth that one ordinary pass has no time for.
 * @returns {Promise<number>} 0 when all passed.
 */
export async function testAll(options) {
  const since = performance.now();
  const reports = mkdtempSync(join(tmpdir(), "doorstep-test-"));
  try {
    const tallies = [await check()];
    // the server's own tests ask for pages, too
    const apps = await built();
    tallies.push(await vitest("vitest.config.ts", join(reports, "node.json"), options));
    tallies.push(apps ? await vitest("vitest.e2e.config.ts", join(reports, "e2e.json"), options) : oneFailure);
    for (const name of ["node", "e2e"]) {
      const report = join(reports, `${name}.json`);
      const unsteady = textOf(unsteadyFile(report));
      if (unsteady) say(`UNSTEADY, passed only when run again by itself; each is a defect to be mended:\n${unsteady}`);
      const told = textOf(toldFile(report));
      if (told) say(`Failed:\n${told}`);
    }
    const total = sum(tallies);
    say(`All parts took ${seconds(since)}.`);
    process.stdout.write(`${summary(total)}\n`);
    return total.failed === 0 && total.passed > 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** @param {string} report of a run of vitest, which leaves its failures beside it */
const toldFile = (report) => report.replace(/json$/, "told");
/** @param {string} report beside which stand the files that passed only the second time */
const unsteadyFile = (report) => report.replace(/json$/, "unsteady");
/** @param {string} file */
const textOf = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** Many times what either part takes on two busy cores. */
const HANGING_MS = 35 * 60_000;
const oneFailure = { passed: 0, failed: 1, skipped: 0 };

/** More than this many files that fail at once are no matter of chance. */
const UNSTEADY_AT_MOST = 3;

/**
 * @param {string} config
 * @param {string} report
 * @param {{ long: boolean }} options
 */
async function vitest(config, report, options) {
  const since = performance.now();
  say(`Running the tests of ${config}.`);
  const first = await runOnce(config, report, options, []);
  const tally = first.failed === 0 ? first : await onceMore(config, report, options, first);
  say(`${config}: ${summary(tally)} in ${seconds(since)}.`);
  return tally;
}

/**
 * Tells a test that fails from one that a busy machine upset: the few files that failed run again, one at a time. What
 * then passes is named as unsteady, a defect of its own (docs/adr/0038); what fails again has failed.
 *
 * @param {string} config
 * @param {string} report
 * @param {{ long: boolean }} options
 * @param {import("./tally.mjs").Tally} first
 */
async function onceMore(config, report, options, first) {
  const files = failedFiles(report);
  const told = textOf(toldFile(report));
  if (files.length === 0 || files.length > UNSTEADY_AT_MOST || told.includes(OUTSIDE)) return first;
  say(`Running again what failed, by itself:\n${told}`);
  const second = report.replace(/json$/, "again.json");
  const again = await runOnce(config, second, options, ["--maxWorkers=1", ...files]);
  if (again.failed > 0) return first;
  rmSync(toldFile(report), { force: true });
  const names = files.map((file) => relative(ROOT, file)).join("\n");
  writeFileSync(unsteadyFile(report), names);
  return settled(report, again);
}

/**
 * @param {string} config
 * @param {string} report
 * @param {{ long: boolean }} options
 * @param {readonly string[]} more
 */
async function runOnce(config, report, options, more) {
  const told = join(import.meta.dirname, "told-reporter.mjs");
  const reporters = ["--reporter=default", `--reporter=${told}`, "--reporter=json", `--outputFile.json=${report}`];
  const { code, signal } = await run(bin("vitest"), ["run", "--config", config, ...reporters, ...more], {
    env: { DOORSTEP_TOLD: toldFile(report), ...(options.long && { DOORSTEP_LONG: "1" }) },
    // a run that hangs is a failure, not an endless wait
    ...(!options.long && { withinMs: HANGING_MS }),
  });
  if (signal) throw new LaunchError("Stopped.");
  return tallyOf(report, code);
}

async function built() {
  try {
    await build();
    return true;
  } catch (error) {
    if (!(error instanceof LaunchError) || error.message === "Stopped.") throw error;
    say(error.message);
    return false;
  }
}
