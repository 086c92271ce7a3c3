import type { TestKernel } from "./test-kernel.ts";

/**
 * Every column of every table that can hold words, searched for one that nobody else writes.
 *
 * @returns `schema.table.column` where it stands as plain text
 */
export async function whereIsWritten(t: Pick<TestKernel, "database">, word: string): Promise<readonly string[]> {
  const { pool } = t.database;
  const { rows: columns } = await pool.query<{ schema: string; table: string; column: string; bytes: boolean }>(
    `select n.nspname as schema, c.relname as table, a.attname as column, ty.typname = 'bytea' as bytes
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_type ty on ty.oid = a.atttypid
      where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'p')
        and a.attnum > 0 and not a.attisdropped
        and ty.typname in ('text', 'varchar', 'json', 'jsonb', 'tsvector', '_text', '_varchar', 'bytea')`,
  );
  const found: string[] = [];
  for (const { schema, table, column, bytes } of columns) {
    const where = bytes ? `position($1::bytea in "${column}") > 0` : `position($1 in lower("${column}"::text)) > 0`;
    const { rows } = await pool.query(`select 1 from "${schema}"."${table}" where ${where} limit 1`, [
      bytes ? Buffer.from(word) : word.toLowerCase(),
    ]);
    if (rows.length > 0) found.push(`${schema}.${table}.${column}`);
  }
  return found.toSorted();
}
