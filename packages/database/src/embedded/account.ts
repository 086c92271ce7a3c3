import { chownSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The account that PostgreSQL runs under; absent ids mean our own. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody`: PostgreSQL refuses to run as root, and this account exists without creating one. */
const NOBODY = 65_534;

/** Gives the account to run PostgreSQL under: ours, or `nobody` when we are root. */
export function serverAccount(): Account {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Hands one file or folder to the account; nothing to do when it is our own. */
export function giveTo(path: string, account: Account): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}

/** Tells whether the account may pass through every folder above this path (as `nobody` it has only the rights of "others"). */
export function canReach(path: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    const needed = uid === account.uid ? 0o100 : 0o001;
    if ((mode & needed) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
