import { apiFaults } from "./api-report.mjs";
import { canary } from "./canary.mjs";
import { bin } from "./paths.mjs";
import { checkPublished } from "./published.mjs";
import { run } from "./run.mjs";
import { LaunchError, say, seconds } from "./say.mjs";

/** @typedef {{ name: string, work: () => Promise<boolean> }} Step */

const QUIET = ["--output-logs=errors-only", "--ui=stream"];

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 * @returns {Step}
 */
function tool(name, program, args) {
  return {
    name,
    async work() {
      const { code, signal } = await run(bin(program), args);
      if (signal) throw new LaunchError("Stopped.");
      return code === 0;
    },
  };
}

/**
 * @param {string} name
 * @param {() => Promise<string[]>} faults
 * @returns {Step}
 */
function own(name, faults) {
  return {
    name,
    async work() {
      const found = await faults();
      for (const fault of found) say(fault);
      return found.length === 0;
    },
  };
}

/** The order is that of cost: what is quick and wrong most often comes first. Knip loads the set-up of Vite, which needs what is built. */
const STEPS = [
  tool("sherif", "sherif", []),
  tool("biome", "biome", ["check", "."]),
  tool("oxlint", "oxlint", ["--type-aware"]),
  tool("boundaries", "turbo", ["boundaries"]),
  tool("build", "turbo", ["run", "build", "--continue", "--filter=./packages/*", ...QUIET]),
  tool("knip", "knip", ["--no-progress"]),
  own("canary", () => canary()),
  // All in one program, which reads each file once: a program for each package takes three times as long. The two apps
  // stand by themselves, since each tells the router's types its own addresses.
  ...["tsconfig.json", "apps/portal", "apps/admin"].map((project) =>
    tool("typecheck", "tsc", ["-p", project, "--checkers", "2"]),
  ),
  own("api", apiFaults),
  own("published", checkPublished),
];

/**
 * Runs the checks that need no test: format, lint, boundaries, types, published packages. All of them, also after one
 * has failed.
 *
 * @param {{ only?: readonly string[] }} [options] names of steps; none means all.
 * @returns {Promise<import("./tally.mjs").Tally>} one for each step.
 */
export async function check(options = {}) {
  const only = options.only ?? [];
  const unknown = only.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown}. Steps: ${STEPS.map((step) => step.name).join(" ")}`);
  const chosen = STEPS.filter((step) => only.length === 0 || only.includes(step.name));
  const lines = [];
  let failed = 0;
  for (const step of chosen) {
    const since = performance.now();
    say(`Check: ${step.name}`);
    const passed = await step.work();
    if (!passed) failed += 1;
    lines.push(`  ${passed ? "passed" : "FAILED"}  ${step.name.padEnd(12)} ${seconds(since)}`);
  }
  say(`Checks:\n${lines.join("\n")}`);
  return { passed: chosen.length - failed, failed, skipped: 0 };
}
