import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "./check.mjs";
import { bin } from "./paths.mjs";
import { run } from "./run.mjs";
import { LaunchError, say, seconds } from "./say.mjs";
import { build } from "./start.mjs";
import { sum, summary, tallyOf } from "./tally.mjs";

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
    for (const name of ["node", "e2e"]) tellAgain(join(reports, `${name}.told`));
    const total = sum(tallies);
    say(`All parts took ${seconds(since)}.`);
    process.stdout.write(`${summary(total)}\n`);
    return total.failed === 0 && total.passed > 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** @param {string} file what a run of vitest left of its failures */
function tellAgain(file) {
  const told = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (told) say(`Failed:\n${told}`);
}

/** Many times what either part takes on two busy cores. */
const HANGING_MS = 35 * 60_000;
const oneFailure = { passed: 0, failed: 1, skipped: 0 };

/**
 * @param {string} config
 * @param {string} report
 * @param {{ long: boolean }} options
 */
async function vitest(config, report, options) {
  const since = performance.now();
  say(`Running the tests of ${config}.`);
  const told = join(import.meta.dirname, "told-reporter.mjs");
  const reporters = ["--reporter=default", `--reporter=${told}`, "--reporter=json", `--outputFile.json=${report}`];
  const { code, signal } = await run(bin("vitest"), ["run", "--config", config, ...reporters], {
    env: { DOORSTEP_TOLD: report.replace(/json$/, "told"), ...(options.long && { DOORSTEP_LONG: "1" }) },
    // a run that hangs is a failure, not an endless wait
    ...(!options.long && { withinMs: HANGING_MS }),
  });
  if (signal) throw new LaunchError("Stopped.");
  const tally = tallyOf(report, code);
  say(`${config}: ${summary(tally)} in ${seconds(since)}.`);
  return tally;
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
