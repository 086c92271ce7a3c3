import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { escapeLiteral } from "pg";
import { type Account, giveTo } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { execute } from "./execute.ts";
import type { Place } from "./place.ts";
import { runInitdb } from "./run-initdb.ts";

/** Inside the cluster's folder, so that the two appear together. */
const secretFile = (cluster: string) => join(cluster, "doorstep.secret");

/** Reads the superuser's password; it stands in a file that only the server process and PostgreSQL may read. */
export function readSecret(cluster: string): string | undefined {
  return existsSync(secretFile(cluster)) ? readFileSync(secretFile(cluster), "utf8").trim() : undefined;
}

/**
 * Creates the cluster, whole or not at all. Each process works in a folder of its own; when two finish, the first one
 * counts.
 */
export async function createCluster(binaries: Binaries, place: Place): Promise<void> {
  removeUnfinished(place.cluster);
  const unfinished = `${place.cluster}.new-${process.pid}-${randomBytes(4).toString("hex")}`;
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(unfinished, place.account);
  try {
    await runInitdb(binaries, place.account, { dir: unfinished, durable: true });
    await setSecret(binaries, place.account, unfinished);
    renameSync(unfinished, place.cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(place.cluster)) throw error;
  }
}

/** Removes what creations left behind whose process has ended. */
function removeUnfinished(cluster: string): void {
  const start = `${basename(cluster)}.new-`;
  for (const name of readdirSync(dirname(cluster))) {
    const pid = Number(name.slice(start.length).split("-", 1)[0]);
    if (name.startsWith(start) && !isAlive(pid)) rmSync(join(dirname(cluster), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Gives the superuser a new password on a cluster that does not run; also the way back when the file was lost. */
export async function setSecret(binaries: Binaries, account: Account, cluster: string): Promise<string> {
  const secret = randomBytes(24).toString("base64url");
  await singleUser(binaries, account, cluster, `alter role postgres password ${escapeLiteral(secret)}`);
  writeFileSync(secretFile(cluster), `${secret}\n`, { mode: 0o600 });
  giveTo(secretFile(cluster), account);
  return secret;
}

async function singleUser(binaries: Binaries, account: Account, cluster: string, sql: string): Promise<void> {
  const { code, output } = await execute(
    [binaries.postgres, "--single", "-D", cluster, "postgres"],
    account,
    `${sql}\n`,
  );
  // The output may repeat the statement, and so the password: it is not shown.
  if (code !== 0 || /^.*(ERROR|FATAL):/m.test(output)) {
    throw new Error(`PostgreSQL could not set its password in ${cluster}.`);
  }
}
