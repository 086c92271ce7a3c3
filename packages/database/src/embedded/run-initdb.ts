import { spawn } from "node:child_process";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/**
 * Character set and locale are stated, never taken from the environment: with LC_CTYPE C pg_trgm makes no trigrams of
 * Han text, and two machines would order the same data differently.
 */
const LOCALE = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"];

/** Creates an empty cluster owned by the login `postgres`. */
export async function runInitdb(
  binaries: Binaries,
  account: Account,
  options: { readonly dir: string; readonly durable: boolean },
): Promise<void> {
  const sync = options.durable ? [] : ["--no-sync"];
  const args = ["-D", options.dir, "-U", "postgres", "-A", "trust", ...LOCALE, ...sync];
  const child = spawn(binaries.initdb, args, {
    ...account,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`PostgreSQL could not create its data folder ${options.dir}:\n${output.trim()}`);
}
