import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  connect,
  ensurePluginRole,
  migrate,
  type PluginNames,
  pluginNames,
  readMigrations,
  withLogin,
} from "@doorstep/database";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import type { HostedPlugin } from "../registry.ts";
import { firstThatDoesNotAdd } from "./only-add.ts";
import { lineOf, problem } from "./problems.ts";
import { type Candidate, reject } from "./sources.ts";

/** The database as the boot needs it: as its owner, and the address plugins connect to. */
export interface PluginDatabase {
  /** makes roles and runs migrations; used at start only */
  readonly owner: Pool;
  /** any login; that of each plugin takes its place */
  readonly url: string;
  /** Absent only on throw-away servers that trust their socket. */
  readonly passwordOf?: (pluginId: string) => string;
  /** How many server processes share the database. @defaultValue 1 */
  readonly processes?: number;
}

/** A pool has two connections, opened when first needed; a role twice as many, so that the next version can start beside. */
const CONNECTIONS = 2;

/** Gives a plugin its login and its tables, and a pool that connects as that login. */
export async function prepareDatabase(
  candidate: Candidate,
  database: PluginDatabase,
  onPool: (pool: Pool) => void,
): Promise<Candidate> {
  const { plugin, source } = candidate;
  if (plugin.state === "rejected" || !plugin.manifest.capabilities.includes("db")) return candidate;
  const names = pluginNames(plugin.manifest.id);
  const dir = join(source.root, "migrations");
  const hasMigrations = existsSync(dir);
  if (hasMigrations) {
    for (const file of readMigrations(dir)) {
      const statement = firstThatDoesNotAdd(file.sql, names.schema);
      if (statement !== undefined)
        return reject(candidate, problem("plugin.migrationNotAdding", { file: file.name, statement }));
    }
  }
  const password = database.passwordOf?.(plugin.manifest.id);
  try {
    await ensurePluginRole(database.owner, {
      id: plugin.manifest.id,
      ...(password !== undefined && { password }),
      connectionLimit: 2 * CONNECTIONS * (database.processes ?? 1),
    });
  } catch (error) {
    return reject(candidate, problem("plugin.roleFailed", { error: lineOf(error) }));
  }
  if (hasMigrations) {
    const failure = await runMigrations(database.owner, names, dir);
    if (failure !== undefined) return reject(candidate, problem("plugin.migrationFailed", { error: failure }));
  }
  const databaseUrl = withLogin(database.url, names.login, password);
  if (source.archive) return { source, plugin: { ...plugin, databaseUrl } };
  const pool = connect(databaseUrl, {
    max: CONNECTIONS,
    applicationName: `doorstep ${names.login}`,
  });
  onPool(pool);
  const ready: HostedPlugin = { ...plugin, db: drizzle(pool) };
  return { source, plugin: ready };
}

/** All files are tried in a transaction that is rolled back before the first one is applied. */
async function runMigrations(owner: Pool, names: PluginNames, dir: string): Promise<string | undefined> {
  const set = { package: names.schema, dir, as: names };
  try {
    await migrate(owner, set, { dryRun: true });
    await migrate(owner, set);
    return undefined;
  } catch (error) {
    return lineOf(error);
  }
}
