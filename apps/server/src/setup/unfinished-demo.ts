import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, startEmbedded } from "@doorstep/database";
import { escapeIdentifier } from "pg";
import type { Env } from "../env.ts";

type Place = Pick<Env, "dataDir" | "databaseUrl">;
const markOf = (env: Place): string => join(env.dataDir, "demo-unfinished");

/** Stands while the demo is being filled, before anybody can reach the server. */
export const markUnfinished = (env: Place): void => writeFileSync(markOf(env), "", { mode: 0o600 });
export const markFinished = (env: Place): void => rmSync(markOf(env), { force: true });

/**
 * A first start that was killed while it filled the demo left half a brigade, and nothing of anybody else: it is
 * thrown away, so that this start begins anew.
 */
export async function discardUnfinishedDemo(env: Place, print: (line: string) => void): Promise<void> {
  if (env.databaseUrl !== undefined || !existsSync(markOf(env))) return;
  print("The demo was not finished last time; it is made anew.");
  const embedded = await startEmbedded({ dataDir: env.dataDir });
  const owner = connect(embedded.url, { max: 1, applicationName: "doorstep owner", onIdleError: () => undefined });
  try {
    const { rows } = await owner.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')",
    );
    for (const { name } of rows) await owner.query(`drop schema ${escapeIdentifier(name)} cascade`);
    markFinished(env);
  } finally {
    await owner.end();
    await embedded.stop();
  }
}
