import { spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { socketUrl } from "../url.ts";
import { giveTo, serverAccount } from "./account.ts";
import { answers } from "./answers.ts";
import { findBinaries } from "./binaries.ts";
import { makeReachable } from "./make-reachable.ts";
import { runInitdb } from "./run-initdb.ts";

/** A PostgreSQL that lives only as long as this process. */
export interface ThrowAwayServer {
  /** Superuser login, database `postgres`; no password, the socket lies in a folder of its own. */
  readonly url: string;
  stop(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: "",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_connections: "300",
  jit: "off",
  random_page_cost: "1.1",
  timezone: "UTC",
  max_wal_size: "4GB",
};

/**
 * Waits until its standard input closes, which the system does however the parent ends, then stops the server at once
 * and removes the data.
 */
const KEEPER =
  'trap "" INT TERM HUP; d=$1; shift; "$@" </dev/null & p=$!; cat >/dev/null; kill -QUIT $p; wait $p; rm -rf "$d"';

/** Memory where the machine has enough of it (a container's default is 64 MB), else the disk. */
function roomyFolder(): string {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    if (bavail * bsize > 2 * 1024 ** 3) return "/dev/shm";
  } catch {
    // There is no such folder on macOS.
  }
  return tmpdir();
}

/** Starts an empty server for tests: fast, without durability, gone with its parent even after kill -9. */
export async function startThrowAway(): Promise<ThrowAwayServer> {
  const account = serverAccount();
  const binaries = makeReachable(findBinaries(), account);
  const folder = mkdtempSync(join(roomyFolder(), "doorstep-pg-"));
  giveTo(folder, account);
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  giveTo(data, account);
  try {
    await runInitdb(binaries, account, { dir: data, durable: false });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const logFile = join(folder, "log");
  const log = openSync(logFile, "a");
  const flags = Object.entries({ ...SETTINGS, unix_socket_directories: folder }).flatMap(([key, value]) => [
    "-c",
    `${key}=${value}`,
  ]);
  const keeper = spawn("sh", ["-c", KEEPER, "sh", folder, binaries.postgres, "-D", data, ...flags], {
    ...account,
    cwd: "/",
    detached: true,
    stdio: ["pipe", log, log],
  });
  closeSync(log);
  const gone = new Promise<void>((resolve) => keeper.once("close", () => resolve()));
  const url = socketUrl({ host: folder, user: "postgres", database: "postgres" });
  const stop = async () => {
    keeper.stdin?.end();
    await gone;
  };
  if (!(await answers(url, 30_000))) {
    const output = readFileSync(logFile, "utf8");
    await stop();
    throw new Error(`The test database did not start:\n${output}`);
  }
  return { url, stop };
}
