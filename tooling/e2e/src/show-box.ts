import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { testPublisher } from "@doorstep/plugin-host/testing";
import { choose as chooseAt, type House } from "./house.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const run = promisify(execFile);
export const makers = testPublisher("makers");

/** The archive of a folder, made and signed as its author would. */
export async function archiveOf(folder: string): Promise<Buffer> {
  const made = mkdtempSync(join(tmpdir(), "doorstep-archive-"));
  try {
    const key = join(made, "key");
    writeFileSync(key, makers.privateKey, { mode: 0o600 });
    const cli = [join(root, "packages/cli/src/main.ts"), "build", folder, "--out", made, "--key", key, "--json"];
    const { stdout } = await run(process.execPath, ["--conditions=@doorstep/source", ...cli], { cwd: root });
    return readFileSync((JSON.parse(stdout) as { file: string }).file);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** The fixture that shows something at every point. */
export const SHOW_BOX = join(root, "tooling/fixtures/show-box");

/** The sample that authors start from. */
export const SAMPLE_BOX = join(root, "tooling/fixtures/sample-box");

/** Gives something to each point of a server half. */
export const EVERY_POINT = join(root, "tooling/fixtures/every-point");

const by = { by: "system", why: "试点" } as const;

/** Installs an archive into the running house. */
export async function install(house: House, archive: Buffer): Promise<void> {
  const { archives } = house.server.platform.host;
  if (!archives) throw new Error("nothing can be installed");
  await archives.trust({ name: "makers", publicKey: makers.publisher.publicKey }, by);
  const looked = await archives.look(archive);
  if (!looked.ok) throw new Error(JSON.stringify(looked.problems));
  await archives.install(archive, looked.look.manifest.capabilities, by);
}

/** Switches a module for the whole brigade. */
export const choose = (house: House, pluginId: string, choice: "on" | "off"): Promise<void> =>
  chooseAt(house.url, house.units.get("BRIGADE"), pluginId, choice);
