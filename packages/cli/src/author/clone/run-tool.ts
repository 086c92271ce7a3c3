import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { ROOT } from "./catalog.ts";

const run = promisify(execFile);
const BIN = join(ROOT, "node_modules", ".bin");

/**
 * Runs a program of this clone.
 *
 * @throws Error with what it said.
 */
export async function runTool(program: string, args: readonly string[], cwd: string): Promise<string> {
  // biome-ignore lint/style/noProcessEnv: what is started finds Node and its own settings where we did.
  const env = { ...process.env, PATH: [BIN, process.env.PATH ?? ""].join(delimiter), TURBO_TELEMETRY_DISABLED: "1" };
  try {
    const { stdout } = await run(join(BIN, program), [...args], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args[0]} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
