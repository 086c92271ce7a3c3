import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Account, canReach, giveTo, serverAccount } from "./account.ts";
import { SYSTEM_FOLDER } from "./make-reachable.ts";

/** Where a persistent cluster lives and who runs it. */
export interface Place {
  /** The folder of Doorstep's own files. */
  readonly dataDir: string;
  /** The cluster's folder. */
  readonly cluster: string;
  /** The folder of the unix socket. */
  readonly socketDir: string;
  readonly account: Account;
  /** True when the cluster had to go elsewhere because the server's account cannot reach the data folder. */
  readonly moved: boolean;
}

/** Addresses of unix sockets end at 107 bytes; the lock file beside the socket is longer than the socket. */
const SOCKET_PATH_MAX = 90;
const LONGEST_NAME = ".s.PGSQL.5432.lock";

/** Decides where the cluster of a data folder lives; creates the folders above it. */
export function choosePlace(
  wanted: string,
  account: Account = serverAccount(),
  systemFolder: string = SYSTEM_FOLDER,
): Place {
  mkdirSync(wanted, { recursive: true });
  const dataDir = realpathSync(wanted);
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const inside = join(dataDir, "postgres");
  const moved = !canReach(inside, account);
  const folder = join(systemFolder, hash);
  if (moved) mkdirSync(folder, { recursive: true, mode: 0o755 });
  const cluster = moved ? join(folder, "postgres") : inside;
  const runner = ownerOf(cluster, account);
  return { dataDir, cluster, socketDir: socketFolder(cluster, hash, runner), account: runner, moved };
}

/** As root we run an existing cluster under whoever owns it; anybody else can run only his own. */
function ownerOf(cluster: string, account: Account): Account {
  if (!existsSync(cluster)) return account;
  const { uid, gid } = statSync(cluster);
  const we = process.getuid?.() ?? uid;
  if (we === 0) return { uid, gid };
  if (uid !== we) {
    throw new Error(
      `The database in ${cluster} belongs to another user (uid ${uid}). Start Doorstep as that user, or name another folder in DOORSTEP_DATA_DIR.`,
    );
  }
  return account;
}

function socketFolder(cluster: string, hash: string, account: Account): string {
  if (Buffer.byteLength(join(cluster, LONGEST_NAME)) <= SOCKET_PATH_MAX) return cluster;
  const folder = `/tmp/doorstep-${account.uid ?? process.getuid?.() ?? 0}-${hash}`;
  try {
    mkdirSync(folder, { mode: 0o700 });
    giveTo(folder, account);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  // Anybody may make a folder of this name in /tmp: one that is not ours alone could catch our connections.
  const found = lstatSync(folder);
  const ours = found.uid === (account.uid ?? process.getuid?.());
  if (!found.isDirectory() || !ours || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is not a private folder of the database's user. Remove it and start again.`);
  }
  return folder;
}
