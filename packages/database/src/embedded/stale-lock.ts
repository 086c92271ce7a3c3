import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Gives the process id in a cluster's lock file, if there is one. */
export function lockedBy(cluster: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n", 1)[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return;
  }
}

/**
 * Removes the lock file of a cluster that nobody runs. After a restart of the machine or container its process id may
 * belong to a stranger, and PostgreSQL then refuses to start. Called only when nothing answers at the socket.
 *
 * @returns true when there was such a file.
 */
export function removeStaleLock(cluster: string): boolean {
  const pid = lockedBy(cluster);
  if (pid === undefined || isUsed(cluster, pid)) return false;
  rmSync(join(cluster, "postmaster.pid"), { force: true });
  return true;
}

/** Every process of a running cluster has its folder as working directory; on macOS we go by the program's name. */
function isUsed(cluster: string, pid: number): boolean {
  if (process.platform === "linux") {
    return readdirSync("/proc").some((entry) => /^\d+$/.test(entry) && workingDirectory(entry) === cluster);
  }
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" }).includes("postgres");
  } catch {
    return false;
  }
}

function workingDirectory(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return;
  }
}
