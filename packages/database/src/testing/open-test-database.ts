import { createHash, randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Pool } from "pg";
import { inject } from "vitest";
import { connect } from "../connect.ts";
import { type Migrations, migrate, readMigrations } from "../migrate.ts";
import { APP_ROLE, ensureAppRole } from "../roles.ts";
import { withDatabase, withLogin } from "../url.ts";

/** A database of one test file's own. */
export interface TestDatabase extends AsyncDisposable {
  /** As the owner of everything. */
  readonly url: string;
  /** As the server process connects: grants and row-level security hold. */
  readonly appUrl: string;
  readonly pool: Pool;
  readonly appPool: Pool;
}

/** What a template holds beside its migrations: made once, for all who are cloned from it. */
export interface Preparation {
  /** changes with whatever it makes */
  readonly key: string;
  run(owner: Pool): Promise<void>;
}

export interface TestDatabaseOptions {
  readonly migrations?: readonly Migrations[];
  readonly prepared?: Preparation;
}

const LOCK = 0x7465_7374;
const POOL_SIZE = 4;
const APPLICATION = "doorstep test";

/** That of this worker. */
function serverUrl(): string {
  const urls = inject("postgresUrls") ?? [];
  // biome-ignore lint/style/noProcessEnv: the runner tells its workers apart by this number, from 1.
  const url = urls[(Number(process.env.VITEST_POOL_ID) - 1) % urls.length];
  if (!url) throw new Error("No test server: run through the root vitest.config.ts, or set TEST_DATABASE_URL.");
  return url;
}

/**
 * Opens a fresh database with the given migrations applied, cloned from a template that is made once per server and
 * set of files; disposing of it drops it.
 */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = serverUrl();
  const root = connect(server, { max: 1, applicationName: APPLICATION });
  const name = `t_${randomBytes(8).toString("hex")}`;
  try {
    const template = await ensureTemplate(root, server, options);
    // Both variants copy the template; file_copy is the faster one (43 against 71 ms for 60 tables).
    await root.query(`create database ${name} template ${template} strategy file_copy`);
  } catch (error) {
    await root.end();
    throw error;
  }
  const url = withDatabase(server, name);
  const appUrl = withLogin(url, APP_ROLE);
  const pool = connect(url, { max: POOL_SIZE, applicationName: APPLICATION });
  const appPool = connect(appUrl, { max: POOL_SIZE, applicationName: APPLICATION });
  await Promise.all([warm(pool), warm(appPool)]);
  return {
    url,
    appUrl,
    pool,
    appPool,
    async [Symbol.asyncDispose]() {
      await Promise.all([pool.end(), appPool.end()]);
      await partingOver(root, name);
      await root.query(`drop database ${name} with (force)`);
      await root.end();
    },
  };
}

/**
 * Waits until the server has let our pools go: it does so a moment after their goodbye, and a connection that is cut
 * off in between reports an error that belongs to no test.
 */
async function partingOver(root: Pool, name: string): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const { rowCount } = await root.query(
      "select 1 from pg_stat_activity where datname = $1 and application_name = $2 limit 1",
      [name, APPLICATION],
    );
    if (!rowCount) return;
    await setTimeout(10);
  }
}

/** Opens every connection now: statements meant to run at once must not wait for a connection instead. */
async function warm(pool: Pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: POOL_SIZE }, () => pool.connect()));
  for (const client of clients) client.release();
}

async function ensureTemplate(root: Pool, server: string, options: TestDatabaseOptions): Promise<string> {
  const hash = createHash("sha256").update(options.prepared?.key ?? "");
  for (const set of options.migrations ?? []) {
    hash.update(`${set.package}\0${set.as?.owner ?? ""}\0`);
    for (const file of readMigrations(set.dir)) hash.update(`${file.name}\0${file.sha256}\0`);
  }
  const name = `tpl_${hash.digest("hex").slice(0, 24)}`;
  await root.query("select pg_advisory_lock($1)", [LOCK]);
  try {
    const { rowCount } = await root.query("select 1 from pg_database where datname = $1 and datistemplate", [name]);
    if (!rowCount) await makeTemplate(root, server, name, options);
  } finally {
    await root.query("select pg_advisory_unlock($1)", [LOCK]);
  }
  return name;
}

async function makeTemplate(
  root: Pool,
  server: string,
  name: string,
  { migrations = [], prepared }: TestDatabaseOptions,
): Promise<void> {
  await ensureAppRole(root);
  // What an interrupted run left behind is not marked as a template and is made anew.
  await root.query(`drop database if exists ${name} with (force)`);
  await root.query(`create database ${name}`);
  const url = withDatabase(server, name);
  for (const set of migrations) await migrate(url, set);
  if (prepared) {
    const owner = connect(url, { max: 1, applicationName: APPLICATION });
    try {
      await prepared.run(owner);
    } finally {
      await owner.end();
    }
    await partingOver(root, name);
  }
  await root.query(`alter database ${name} is_template true`);
}

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser addresses of the test servers, one for each worker. */
    postgresUrls: readonly string[];
  }
}
