import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bin, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";

/** Gives the folders of the packages that are published. */
export function publishedPackages() {
  return readdirSync(join(ROOT, "packages"))
    .map((name) => join(ROOT, "packages", name))
    .filter((folder) => {
      const manifest = join(folder, "package.json");
      return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).private !== true;
    });
}

/**
 * Style sheets have no types to look at.
 *
 * @param {string} folder of a package
 */
function withoutStyles(folder) {
  const { exports = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const styles = Object.keys(exports).filter((entry) => entry.endsWith(".css"));
  return styles.length > 0 ? ["--exclude-entrypoints", ...styles] : [];
}

/**
 * Packs each published package and looks at it as a stranger would who installs it.
 *
 * @returns {Promise<string[]>} what is wrong, one text for each package and tool; empty when all is well.
 */
export async function checkPublished() {
  const folder = mkdtempSync(join(tmpdir(), "doorstep-pack-"));
  try {
    const faults = [];
    for (const cwd of publishedPackages()) {
      const file = join(folder, `${cwd.split("/").at(-1)}.tgz`);
      const steps = /** @type {const} */ ([
        ["pnpm", ["pack", "--out", file]],
        ["publint", ["run", file, "--strict"]],
        ["attw", [file, "--profile", "esm-only", "--no-color", "--no-emoji", ...withoutStyles(cwd)]],
      ]);
      for (const [program, args] of steps) {
        const { code, output } = await run(bin(program), args, { cwd, capture: true });
        if (code === 0) continue;
        faults.push(`${program} in ${cwd.slice(ROOT.length + 1)}:\n${output.trim()}`);
        break;
      }
    }
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
