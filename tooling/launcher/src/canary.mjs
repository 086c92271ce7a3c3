import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { bin, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";

const FIXTURE = join(ROOT, "tooling", "fixtures", "canary");
const RULE = "noRestrictedImports";

/**
 * Lints files that break the rules of the house, with the rules as they stand, and tells where they were let through:
 * a boundary that is silently off shows here.
 *
 * @param {string} [config] biome's configuration
 * @returns {Promise<string[]>} one sentence for each fault; empty when all rules are on.
 */
export async function canary(config = readFileSync(join(ROOT, "biome.json"), "utf8")) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "doorstep-canary-")));
  try {
    return [...(await imports(folder, config)), ...(await promises(folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Copies a part of the fixture. Its files end in `.txt`, so that no tool takes them for ours.
 *
 * @param {string} part
 * @param {string} target
 */
function plant(part, target) {
  cpSync(join(FIXTURE, part), target, { recursive: true });
  for (const name of readdirSync(target, { recursive: true }).map(String)) {
    if (name.endsWith(".txt")) renameSync(join(target, name), join(target, name.slice(0, -".txt".length)));
  }
}

/**
 * @param {string} folder
 * @param {string} config
 */
async function imports(folder, config) {
  const faults = [];
  for (const verdict of ["refused", "allowed"]) {
    const place = join(folder, verdict);
    plant(verdict, place);
    const settings = JSON.parse(config);
    writeFileSync(join(place, "biome.json"), JSON.stringify({ ...settings, $schema: undefined, vcs: undefined }));
    const { output } = await run(
      bin("biome"),
      ["lint", `--only=style/${RULE}`, "--colors=off", "--max-diagnostics=none", "."],
      {
        cwd: place,
        capture: true,
      },
    );
    const files = readdirSync(place, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".ts"));
    if (files.length === 0) faults.push(`tooling/fixtures/canary/${verdict} holds no file.`);
    for (const file of files) {
      const found = output
        .split("\n")
        .some((line) => line.startsWith(file.split(sep).join("/")) && line.includes(RULE));
      if (found !== (verdict === "refused")) faults.push(`${file} must be ${verdict} by ${RULE}, but was not.`);
    }
  }
  return faults;
}

/** @param {string} folder */
async function promises(folder) {
  const place = join(folder, "promises");
  plant("promises", place);
  const rules = JSON.parse(readFileSync(join(ROOT, ".oxlintrc.json"), "utf8"));
  writeFileSync(join(place, ".oxlintrc.json"), JSON.stringify({ ...rules, ignorePatterns: [] }));
  const { output } = await run(bin("oxlint"), ["--type-aware", "."], { cwd: place, capture: true });
  return output.includes("no-floating-promises") ? [] : ["A forgotten await was not refused by oxlint."];
}
