import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin, PNPM_VERSION, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";
import { LaunchError, say, seconds } from "./say.mjs";

const MEMBERS = ["apps", "packages", "plugins", "tooling"];

/**
 * Sums up everything that decides what node_modules must hold.
 *
 * @param {string} [root]
 */
export function installHash(root = ROOT) {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\0`);
  const files = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"];
  for (const folder of MEMBERS) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of readdirSync(join(root, folder)).sort()) files.push(join(folder, name, "package.json"));
  }
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} root */
const stamp = (root) => join(root, "node_modules", ".doorstep-install");

/**
 * Tells whether the last install still fits.
 *
 * @param {string} [root]
 */
export function isInstalled(root = ROOT) {
  if (!existsSync(bin("pnpm", root)) || !existsSync(bin("node", root)) || !existsSync(stamp(root))) return false;
  return readFileSync(stamp(root), "utf8") === installHash(root);
}

/** Remembers that node_modules fits. @param {string} [root] */
export function rememberInstall(root = ROOT) {
  writeFileSync(stamp(root), installHash(root));
}

/** Installs the packages of the lockfile; nothing when that was done before. The network is needed only here. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const since = performance.now();
  const install = ["install", "--frozen-lockfile"];
  const env = { PNPM_CONFIG_CONFIRM_MODULES_PURGE: "false" };
  const found = existsSync(bin("pnpm")) && existsSync(bin("node"));
  say(found ? "Packages have changed; installing them." : "Installing the packages; the first time takes a minute.");
  const { code, signal } = found
    ? await run(bin("pnpm"), install, { env })
    : await runNpx(["-y", `pnpm@${PNPM_VERSION}`, ...install], env);
  if (signal) throw new LaunchError("Stopped.");
  if (code !== 0) {
    throw new LaunchError(
      "The packages could not be installed; the reason stands above. The first start needs the network: if you are behind a proxy, " +
        "set HTTPS_PROXY, or tell npm and pnpm where to find packages (npm config set registry ...). Then start again.",
    );
  }
  rememberInstall();
  say(`Packages installed in ${seconds(since)}.`);
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
async function runNpx(args, env) {
  try {
    return await run("npx", args, { env });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
    throw new LaunchError("npx was not found. Install npm (it comes with Node) and start again.");
  }
}
