import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { execute } from "./execute.ts";

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
  const lasting = options.durable ? [] : ["--no-sync", "--no-data-checksums"];
  const command = [binaries.initdb, "-D", options.dir, "-U", "postgres", "-A", "trust", ...LOCALE, ...lasting];
  const { code, output } = await execute(command, account);
  if (code !== 0) throw new Error(`PostgreSQL could not create its data folder ${options.dir}:\n${output.trim()}`);
}
