import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { escapeLiteral } from "pg";
import { type Account, giveTo } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Place } from "./place.ts";
import { runInitdb } from "./run-initdb.ts";

const secretFile = (place: Place) => join(place.dataDir, "postgres.secret");

/** Reads the superuser's password; it stands in a file that only the server process may read. */
export function readSecret(place: Place): string | undefined {
  return existsSync(secretFile(place)) ? readFileSync(secretFile(place), "utf8").trim() : undefined;
}

/** Creates the cluster, whole or not at all: an interrupted attempt leaves only a folder that the next one removes. */
export async function createCluster(binaries: Binaries, place: Place): Promise<void> {
  const unfinished = `${place.cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(unfinished, place.account);
  await runInitdb(binaries, place.account, { dir: unfinished, durable: true });
  await setSecret(binaries, place, unfinished);
  renameSync(unfinished, place.cluster);
}

/** Gives the superuser a new password on a cluster that does not run; also the way back when the file was lost. */
export async function setSecret(binaries: Binaries, place: Place, cluster: string = place.cluster): Promise<void> {
  const secret = randomBytes(24).toString("base64url");
  await singleUser(binaries, place.account, cluster, `alter role postgres password ${escapeLiteral(secret)}`);
  writeFileSync(secretFile(place), `${secret}\n`, { mode: 0o600 });
}

async function singleUser(binaries: Binaries, account: Account, cluster: string, sql: string): Promise<void> {
  const child = spawn(binaries.postgres, ["--single", "-D", cluster, "postgres"], {
    ...account,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    stdio: ["pipe", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(`${sql}\n`);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0 || /^.*(ERROR|FATAL):/m.test(output)) {
    throw new Error(`PostgreSQL could not set its password in ${cluster}. Its log is beside that folder.`);
  }
}
