import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Account, canReach } from "./account.ts";
import { type Binaries, binariesAt } from "./binaries.ts";

/** Where root keeps what `nobody` has to reach when the checkout lies behind a closed folder such as /root. */
export const SYSTEM_FOLDER = "/var/lib/doorstep";

/** Gives programs that the account can execute: those of the package, or a copy under a folder open to all. */
export function makeReachable(binaries: Binaries, account: Account, folder: string = SYSTEM_FOLDER): Binaries {
  if (canReach(binaries.postgres, account)) return binaries;
  const target = join(folder, `postgres-${binaries.version}`);
  if (!existsSync(target)) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    // Copied beside and renamed, so that an interrupted copy is never taken for a whole one.
    const partial = `${target}.${process.pid}`;
    cpSync(binaries.root, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return binariesAt(target, binaries.version);
}
