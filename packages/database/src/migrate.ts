import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeIdentifier, escapeLiteral, type Pool, type PoolClient } from "pg";
import { connect } from "./connect.ts";
import type { PluginNames } from "./plugin-role.ts";

/** The SQL files of one package. */
export interface Migrations {
  /** The journal's name of it, such as `kernel` or `p_ledger_import`. */
  readonly package: string;
  /** Absolute path of the folder; its `*.sql` files run in the order of their names. */
  readonly dir: string;
  /** The plugin whose owner runs the files and so owns what they make, in its schema; absent: the login itself. */
  readonly as?: Pick<PluginNames, "owner" | "schema">;
}

/** What a run found and did. */
export interface MigrationReport {
  /** Files applied by this run, in order; in a dry run those that would have been. */
  readonly applied: readonly string[];
  /** Files that had been applied before. */
  readonly known: readonly string[];
}

/** Says which file is wrong and what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** One SQL file. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** One lock for all packages: a migration may touch what another one reads. */
export const MIGRATION_LOCK = 0x646f_6f72;

const JOURNAL = `
  create schema if not exists doorstep_meta;
  create table if not exists doorstep_meta.migrations (
    package text not null,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    primary key (package, name)
  )`;

/** The text of what was applied, so that a backup can make the schema again also where the code has gone since. */
const TEXTS = `
  do $$ begin
    if not exists (select 1 from pg_attribute where attrelid = 'doorstep_meta.migrations'::regclass and attname = 'sql')
    then alter table doorstep_meta.migrations add column sql text; end if;
  end $$`;

/** Reads the SQL files of a folder in the order in which they run. */
export function readMigrations(dir: string): readonly MigrationFile[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      // A checkout with CRLF line ends is the same migration.
      const sql = readFileSync(join(dir, name), "utf8").replaceAll("\r\n", "\n");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Applies every SQL file of a package that the database has not seen, also one that sorts before files already
 * applied (it was merged later). Each file is one transaction. Several processes may start this at once: one works,
 * the others wait and find it done.
 *
 * @throws MigrationError when an applied file was edited or has gone, or when a file fails; files before it stay applied.
 */
export async function migrate(
  target: Pool | string,
  migrations: Migrations,
  options: { readonly dryRun?: boolean } = {},
): Promise<MigrationReport> {
  const pool = typeof target === "string" ? connect(target, { max: 1 }) : target;
  try {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
      return await (options.dryRun ? rehearse(client, migrations) : perform(client, migrations));
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => undefined);
      client.release(broken);
    }
  } finally {
    if (typeof target === "string") await pool.end();
  }
}

async function perform(client: PoolClient, migrations: Migrations): Promise<MigrationReport> {
  await client.query(JOURNAL);
  await client.query(TEXTS);
  const { missing, known } = await compare(client, migrations);
  await keepTexts(client, migrations);
  for (const file of missing) {
    await client.query("begin");
    try {
      await apply(client, migrations, file);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw error;
    }
  }
  return { applied: missing.map((file) => file.name), known };
}

async function rehearse(client: PoolClient, migrations: Migrations): Promise<MigrationReport> {
  await client.query("begin");
  try {
    await client.query(JOURNAL);
    await client.query(TEXTS);
    const { missing, known } = await compare(client, migrations);
    for (const file of missing) await apply(client, migrations, file);
    return { applied: missing.map((file) => file.name), known };
  } finally {
    await client.query("rollback");
  }
}

/** Databases of releases that did not keep the texts get them from the files, whose checksums have been compared. */
async function keepTexts(client: PoolClient, migrations: Migrations): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select name from doorstep_meta.migrations where package = $1 and sql is null",
    [migrations.package],
  );
  if (rows.length === 0) return;
  const lacking = new Set(rows.map((row) => row.name));
  for (const file of readMigrations(migrations.dir).filter(({ name }) => lacking.has(name)))
    await client.query("update doorstep_meta.migrations set sql = $3 where package = $1 and name = $2", [
      migrations.package,
      file.name,
      file.sql,
    ]);
}

async function compare(client: PoolClient, migrations: Migrations) {
  const files = readMigrations(migrations.dir);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    "select name, sha256 from doorstep_meta.migrations where package = $1 order by name",
    [migrations.package],
  );
  const hashOf = new Map(files.map((file) => [file.name, file.sha256]));
  for (const row of rows) {
    const hash = hashOf.get(row.name);
    const file = `${migrations.package}/${row.name}`;
    if (hash === undefined) {
      throw new MigrationError(`${file} was applied to this database but is missing here. Run a version that has it.`);
    }
    if (hash !== row.sha256) {
      throw new MigrationError(
        `${file} was edited after it was applied. Restore it and write a new migration instead.`,
      );
    }
  }
  const done = new Set(rows.map((row) => row.name));
  return { missing: files.filter((file) => !done.has(file.name)), known: rows.map((row) => row.name) };
}

/** A migration as a journal holds it. */
export interface RecordedMigration extends MigrationFile {
  readonly package: string;
  readonly appliedAt: string;
}

/**
 * Makes the schema of another database again: the same texts in the order in which they ran there. For an empty
 * database; plugins (packages `p_…`) have their roles already.
 */
export async function applyRecorded(pool: Pool, recorded: readonly RecordedMigration[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(JOURNAL);
    await client.query(TEXTS);
    for (const one of recorded) {
      const as = one.package.startsWith("p_") ? { owner: `${one.package}_owner`, schema: one.package } : undefined;
      await client.query("begin");
      try {
        await apply(client, { package: one.package, dir: "", ...(as && { as }) }, one);
        await client.query("update doorstep_meta.migrations set applied_at = $3 where package = $1 and name = $2", [
          one.package,
          one.name,
          one.appliedAt,
        ]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw error;
      }
    }
  } finally {
    client.release();
  }
}

async function apply(
  client: PoolClient,
  migrations: Migrations,
  file: Pick<MigrationFile, "name" | "sql" | "sha256">,
): Promise<void> {
  try {
    if (migrations.as) {
      await client.query(`set local role ${escapeIdentifier(migrations.as.owner)}`);
      await client.query(`set local search_path to ${escapeIdentifier(migrations.as.schema)}`);
    }
    // Inside a block PostgreSQL refuses `commit` and `rollback`, which would end our transaction unseen.
    await client.query(`do ${escapeLiteral(`begin execute ${escapeLiteral(file.sql)}; end`)}`);
    await client.query("reset role; set local search_path to default");
    await client.query("insert into doorstep_meta.migrations (package, name, sha256, sql) values ($1, $2, $3, $4)", [
      migrations.package,
      file.name,
      file.sha256,
      file.sql,
    ]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`${migrations.package}/${file.name} failed and was rolled back: ${reason}`, { cause });
  }
}
