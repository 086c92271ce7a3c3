import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sdkVersion } from "@doorstep/sdk";
import { type BuiltPlugin, buildPlugin } from "../build-plugin.ts";

const ROOT = join(import.meta.dirname, "../../../../..");

/** Where the golden modules of each line of the SDK are kept: `<major>.<minor>/`. */
export const GOLDEN: string = join(ROOT, "tooling/compat/golden");

/** The line to which this source tree's SDK belongs. */
export const currentLine: string = sdkVersion.split(".").slice(0, 2).join(".");

const FOLDERS = [
  "tooling/fixtures/every-point",
  "tooling/fixtures/sample-box",
  "tooling/fixtures/show-box",
  "plugins/pack-cn",
  "plugins/calendar-cn",
].map((folder) => join(ROOT, folder));

/** The module that asks the host for whatever a test names has no folder of its own: it is a part of the host's tests. */
async function buildAsking(): Promise<BuiltPlugin> {
  const folder = await mkdtemp(join(tmpdir(), "doorstep-golden-"));
  const host = join(ROOT, "packages/plugin-host");
  try {
    await mkdir(join(folder, "src"));
    const code = `export { askingServer as default } from ${JSON.stringify(join(host, "src/testing/asking-plugin.ts"))};`;
    await writeFile(join(folder, "src", "server.ts"), code);
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "plugin-asking", version: "1.0.0" }));
    await symlink(join(host, "node_modules"), join(folder, "node_modules"));
    return await buildPlugin(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds what is kept of today's SDK. */
export async function buildGolden(): Promise<readonly BuiltPlugin[]> {
  return await Promise.all([...FOLDERS.map((folder) => buildPlugin(folder)), buildAsking()]);
}
