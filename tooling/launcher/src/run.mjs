import { spawn } from "node:child_process";
import { environment, ROOT } from "./paths.mjs";

/** How long a program may take to stop by itself. */
const STOP_WITHIN_MS = 20_000;
const PARENT_CHECK_MS = 500;
const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string | undefined>} [env]
 * @property {string} [cwd]
 * @property {boolean} [capture] gather the output instead of showing it
 * @property {string} [input] given to standard input
 * @property {number} [withinMs] the longest it may take; then it is ended and has failed
 */

/**
 * Runs a program to its end. It gets a process group of its own, so that a Ctrl-C reaches it once, through us; what it
 * leaves behind after that is killed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string, signal: NodeJS.Signals | undefined }>} signal: the one that asked us to stop.
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const shown = options.capture ? "pipe" : "inherit";
    const child = spawn(program, args, {
      cwd: options.cwd ?? ROOT,
      env: environment(options.env),
      stdio: [options.input === undefined ? "ignore" : "pipe", shown, shown],
      detached: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.stdin?.on("error", () => undefined).end(options.input);

    /** @type {NodeJS.Signals | undefined} */
    let asked;
    /** @type {NodeJS.Timeout | undefined} */
    let lastResort;
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // The second Ctrl-C means "now".
      killGroup(child.pid, asked ? "SIGKILL" : signal === "SIGHUP" ? "SIGTERM" : signal);
      asked ??= signal;
      lastResort ??= setTimeout(() => killGroup(child.pid, "SIGKILL"), STOP_WITHIN_MS);
    };
    const orphaned = whenOrphaned(() => forward("SIGTERM"));
    const overdue = options.withinMs && setTimeout(() => killGroup(child.pid, "SIGKILL"), options.withinMs);
    const stopListening = () => {
      clearInterval(orphaned);
      for (const signal of SIGNALS) process.off(signal, forward);
      clearTimeout(lastResort);
      clearTimeout(overdue || undefined);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    child.once("error", (error) => {
      stopListening();
      reject(error);
    });
    child.once("close", (code, signal) => {
      stopListening();
      if (asked) killGroup(child.pid, "SIGKILL");
      resolve({ code: code ?? (signal ? 1 : 0), output, signal: asked });
    });
  });
}

/**
 * Watches for the end of npm when it started us: npm that is told to end does not always tell us. Somebody who starts
 * us directly may leave us running on purpose.
 *
 * @param {() => void} act
 * @returns {NodeJS.Timeout | undefined}
 */
function whenOrphaned(act) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, PARENT_CHECK_MS);
  return watch;
}

/**
 * @param {number | undefined} pid the group's leader
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}
