import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isEmptyHouse } from "@doorstep/kernel";
import { type Env, isLoopbackHost } from "../env.ts";
import type { Platform } from "../open-platform.ts";
import { markFinished, markUnfinished } from "./unfinished-demo.ts";

export interface DemoAccount {
  readonly username: string;
  readonly password: string;
  readonly role: string;
  readonly unit: string;
}

/** Fills an empty platform with an invented brigade and gives its accounts. */
export type SeedDemo = (platform: Platform) => Promise<readonly DemoAccount[]>;

const fileOf = (env: Pick<Env, "dataDir">): string => join(env.dataDir, "demo-accounts.json");

/**
 * Demo data come only into an empty embedded database that nobody but this machine can reach, and never where they are
 * not wanted; a database that holds real data keeps them out for ever.
 *
 * @returns the accounts of the demo that lives here, if it does.
 */
export async function demoAccounts(
  platform: Platform,
  env: Pick<Env, "demo" | "host" | "dataDir" | "databaseUrl" | "publicUrl">,
  seed: SeedDemo | undefined,
): Promise<readonly DemoAccount[] | undefined> {
  const allowed = env.demo && platform.database.embedded && isLoopbackHost(env.host) && env.publicUrl === undefined;
  if (!allowed) return undefined;
  if (seed && (await isEmptyHouse(platform.database.app))) {
    markUnfinished(env);
    const accounts = await seed(platform);
    await writeFile(fileOf(env), `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
    markFinished(env);
    return accounts;
  }
  return existsSync(fileOf(env)) ? (JSON.parse(readFileSync(fileOf(env), "utf8")) as DemoAccount[]) : undefined;
}

/** A readable table of the demo's accounts. */
export function demoTable(accounts: readonly DemoAccount[]): string {
  const lines = accounts.map(
    (account) => `  ${account.username.padEnd(18)} ${account.password.padEnd(22)} ${account.role} · ${account.unit}`,
  );
  return ["Demo accounts (invented people):", ...lines].join("\n");
}
