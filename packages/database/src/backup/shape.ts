import { createHash } from "node:crypto";
import type { Client } from "pg";
import { type Migrations, type RecordedMigration, readMigrations } from "../migrate.ts";

/** A table with the columns that hold what was written (not what is computed from it). */
export interface TableShape {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** What a database consists of beside its rows. */
export interface DatabaseShape {
  /** such as `18.4` */
  readonly postgres: string;
  readonly migrations: readonly RecordedMigration[];
  readonly tables: readonly TableShape[];
  readonly partitions: readonly { readonly schema: string; readonly name: string; readonly bound: string }[];
  readonly sequences: readonly {
    readonly schema: string;
    readonly name: string;
    readonly last: string;
    readonly called: boolean;
  }[];
}

/** The database cannot be saved or filled as it is; the message says why and what to do. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What was applied here, oldest first, with its text: from the journal, else from the files of this code. */
export async function readJournal(
  client: Pick<Client, "query">,
  code: readonly Migrations[],
): Promise<readonly RecordedMigration[]> {
  const { rows: exists } = await client.query<{ there: boolean }>(
    "select to_regclass('doorstep_meta.migrations') is not null as there",
  );
  if (!exists[0]?.there) return [];
  const { rows } = await client.query<{ row: Omit<RecordedMigration, "sql"> & { sql?: string; applied_at: string } }>(
    "select to_jsonb(m) as row from doorstep_meta.migrations m order by applied_at, package, name",
  );
  const files = new Map(code.flatMap((set) => readMigrations(set.dir).map((file) => [file.sha256, file.sql] as const)));
  return rows.map(({ row }) => {
    const sql = row.sql ?? files.get(row.sha256);
    if (sql === undefined || sha256(sql) !== row.sha256)
      throw new ShapeError(
        `The text of ${row.package}/${row.name} is not known here. Use the release that the data were last used with.`,
      );
    return { package: row.package, name: row.name, sha256: row.sha256, sql, appliedAt: row.applied_at };
  });
}

/** Schemas that migrations make; whatever else lies in the database is not ours. */
function schemasOf(migrations: readonly RecordedMigration[]): readonly string[] {
  const made = migrations.flatMap(({ sql }) =>
    [...sql.matchAll(/^\s*create schema (?:if not exists )?([a-z_][a-z0-9_]*)/gim)].map((found) => found[1] ?? ""),
  );
  return [...new Set([...made, ...migrations.map((one) => one.package).filter((name) => name.startsWith("p_"))])];
}

const TABLES = `
  select n.nspname::text as schema, c.relname::text as name,
    (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
  order by n.nspname, c.relname`;
const PARTITIONS = `
  select n.nspname::text as schema, c.relname::text as name, pg_get_expr(c.relpartbound, c.oid) as bound
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and c.relkind in ('r', 'p') and c.relispartition order by n.nspname, c.relname`;
const SEQUENCES = `
  select n.nspname::text as schema, c.relname::text as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and c.relkind = 'S' order by n.nspname, c.relname`;

/** A name as SQL takes it. */
export const quoted = (of: { readonly schema: string; readonly name: string }): string =>
  [of.schema, of.name].map((part) => `"${part.replaceAll('"', '""')}"`).join(".");

/** Describes the database as the client's transaction sees it. */
export async function readShape(client: Client, code: readonly Migrations[]): Promise<DatabaseShape> {
  const migrations = await readJournal(client, code);
  if (migrations.length === 0)
    throw new ShapeError("This database holds no data of Doorstep. Check DATABASE_URL and DOORSTEP_DATA_DIR.");
  const schemas = schemasOf(migrations);
  const tables = (await client.query<TableShape>(TABLES, [schemas])).rows;
  const partitions = (await client.query<DatabaseShape["partitions"][number]>(PARTITIONS, [schemas])).rows;
  const sequences: DatabaseShape["sequences"][number][] = [];
  for (const one of (await client.query<{ schema: string; name: string }>(SEQUENCES, [schemas])).rows) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoted(one)}`,
    );
    if (rows[0]) sequences.push({ ...one, ...rows[0] });
  }
  const { rows } = await client.query<{ postgres: string }>("select current_setting('server_version') as postgres");
  return { postgres: rows[0]?.postgres ?? "", migrations, tables, partitions, sequences };
}
