import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { bin, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";
import { LaunchError, say } from "./say.mjs";
import { build } from "./start.mjs";

/** What runs; tests, browser sources and the tools that check and measure stay at home. */
const PARTS = ["apps/server", "packages", "plugins", "tooling/fixtures", "tooling/operation"];
const GROUND = [
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "LICENSE",
  "README.md",
  "docs/guides",
  "docs/errors.md",
];
const BUILT = ["apps/portal/dist", "apps/admin/dist"];
const isTest = /\.(test|test-d|e2e)\.[cm]?tsx?$/;

/**
 * Makes one archive with Node, PostgreSQL, the built platform and its modules, for machines of this kind.
 *
 * @param {string} [file] where to put it; beside the checkout's name by default
 * @returns {Promise<string>} its path
 */
export async function bundle(file) {
  const name = `doorstep-${process.platform}-${process.arch}`;
  const target = resolve(file ?? join(ROOT, `${name}.tar.gz`));
  await build();
  const work = mkdtempSync(join(tmpdir(), "doorstep-bundle-"));
  const root = join(work, "doorstep");
  try {
    await copy(root);
    await install(root);
    say("Packing.");
    await expect("tar", ["-czf", target, "-C", work, "doorstep"]);
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} root */
async function copy(root) {
  const listed = await run("git", ["ls-files", "-z", ...PARTS, ...GROUND], { capture: true });
  if (listed.code !== 0) throw new LaunchError("A bundle is made from a git checkout; git could not list its files.");
  // every package's manifest: the lockfile speaks of all of them
  const manifests = await run("git", ["ls-files", "-z", "*/package.json"], { capture: true });
  const files = `${listed.output}${manifests.output}`.split("\0").filter((path) => path && !isTest.test(path));
  for (const path of [...new Set(files), ...BUILT]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(join(ROOT, path), join(root, path), { recursive: true });
  }
  for (const path of ["doorstep", "install.sh"]) cpSync(join(ROOT, "tooling/operation", path), join(root, path));
}

/** @param {string} root */
async function install(root) {
  say("Installing what it needs at run time.");
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ ...manifest, scripts: {} }));
  await expect(bin("pnpm"), ["install", "--prod", "--frozen-lockfile", "--prefer-offline", "--reporter=silent"], root);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
async function expect(program, args, cwd) {
  const { code, signal, output } = await run(program, args, { capture: true, ...(cwd && { cwd }) });
  if (signal) throw new LaunchError("Stopped.");
  if (code !== 0) throw new LaunchError(`${program} failed:\n${output.slice(-2_000)}`);
}
