import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. Made from the URL by fileURLToPath, so that blanks and Han characters survive. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** The version that package.json and the lockfile name. */
export const PNPM_VERSION = "12.21.0";

/**
 * @param {string} name a program of node_modules/.bin
 * @param {string} [root]
 */
export function bin(name, root = ROOT) {
  return join(root, "node_modules", ".bin", name);
}

/** The pinned Node 24; before it is installed, the one that runs us. */
export function pinnedNode() {
  return existsSync(bin("node")) ? bin("node") : process.execPath;
}

/**
 * The environment of everything we start: our own programs first, no report to anybody, and a place where Node keeps
 * what it has compiled, which is a quarter of the time that a server takes to start.
 *
 * @param {Record<string, string | undefined>} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(more = {}) {
  return {
    ...process.env,
    PATH: [join(ROOT, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "doorstep"),
    ...more,
  };
}
