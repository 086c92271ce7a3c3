import { createHash, hash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type DatabaseShape, quoted, ShapeError, type TableShape } from "./shape.ts";
import { copyRows, openClient } from "./snapshot.ts";

/** What was saved of a table. */
export interface TableSum {
  readonly rows: number;
  readonly bytes: number;
  /** of the text as it was saved */
  readonly sha256: string;
  /** of the rows in whatever order: PostgreSQL fills gaps of earlier pages, so that rows come out otherwise than they went in */
  readonly set: string;
}

/** A table with its rows as they were saved. */
export interface TableContent {
  readonly table: TableShape;
  readonly content: AsyncIterable<Uint8Array>;
}

const LANES = [0, 8, 16, 24] as const;

/** Sums up the text of a table: a line break inside a value is written as `\n`, so lines are rows. */
export class Sum {
  readonly #hash = createHash("sha256");
  readonly #lanes = LANES.map(() => 0n);
  #rows = 0;
  #bytes = 0;
  #rest: Uint8Array = new Uint8Array();

  add(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    let from = 0;
    for (let to = piece.indexOf(10); to >= 0; to = piece.indexOf(10, from)) {
      const line = piece.subarray(from, to);
      this.#row(this.#rest.length > 0 ? Buffer.concat([this.#rest, line]) : line);
      this.#rest = new Uint8Array();
      from = to + 1;
    }
    if (from < piece.length) this.#rest = Buffer.concat([this.#rest, piece.subarray(from)]);
  }

  #row(line: Uint8Array): void {
    this.#rows += 1;
    const digest = hash("sha256", line, "buffer");
    for (const [n, at] of LANES.entries())
      this.#lanes[n] = BigInt.asUintN(64, (this.#lanes[n] ?? 0n) + digest.readBigUInt64LE(at));
  }

  end(): TableSum {
    const set = this.#lanes.map((lane) => lane.toString(16).padStart(16, "0")).join("");
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest("hex"), set };
  }
}

/** Whether any of Doorstep's schemas is there. */
export async function isEmptyDatabase(client: Pick<Client, "query">): Promise<boolean> {
  const { rowCount } = await client.query(
    "select 1 from pg_namespace where nspname in ('kernel', 'vault', 'auth', 'doorstep_meta') or nspname ~ '^p_' limit 1",
  );
  return !rowCount;
}

/** Foreign keys are dropped before the rows come and made again, which checks them all, after the last. */
const FOREIGN_KEYS = `
  select n.nspname::text as schema, c.relname::text as name, k.conname::text as key, pg_get_constraintdef(k.oid) as text
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype = 'f' and k.conparentid = 0 and n.nspname = any($1)`;
/** Indexes that keep nothing unique: filled at the end by one sort each, where row by row takes many times as long. */
const INDEXES = `
  select n.nspname::text as schema, c.relname::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as text
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and not i.indisunique and not i.indisexclusion and not c.relispartition`;
const TRIGGERED = `
  select distinct n.nspname::text as schema, c.relname::text as name
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and n.nspname = any($1)`;

interface FillOptions {
  readonly ownerUrl: string;
  readonly shape: DatabaseShape;
  /** makes the partitions that the shape names, in the database's own way */
  readonly makePartitions: (client: Client, partitions: DatabaseShape["partitions"]) => Promise<void>;
  /** rows in the order in which they were saved */
  readonly contents: AsyncIterable<TableContent>;
  /** what the archive says of each table, known after the last row */
  readonly sums: () => ReadonlyMap<string, TableSum>;
  readonly onTable?: (name: string) => void;
}

/**
 * Fills a database that has the schema and nobody's data, in one transaction, then reads every row back and compares
 * it with what was saved.
 *
 * @throws ShapeError when something is not as it was; nothing is filled then.
 */
export async function fillDatabase(options: FillOptions): Promise<void> {
  const { shape } = options;
  const client = await openClient(options.ownerUrl, "doorstep restore");
  try {
    await client.query("begin");
    await options.makePartitions(client, shape.partitions);
    await assertPartitions(client, shape);
    const back = await withoutChecks(client, shape);
    // migrations put first rows into some tables; those of the archive take their place
    for (const table of shape.tables) await client.query(`delete from ${quoted(table)}`);
    for await (const { table, content } of options.contents) {
      options.onTable?.(`${table.schema}.${table.name}`);
      const columns = table.columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(", ");
      const sink = client.query(copyFrom(`copy ${quoted(table)} (${columns}) from stdin`));
      await pipeline(Readable.from(content, { objectMode: false }), sink);
    }
    for (const one of shape.sequences)
      await client.query("select setval($1::regclass, $2::bigint, $3)", [quoted(one), one.last, one.called]);
    await back();
    await compare(client, shape, options.sums());
    await client.query("commit");
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

async function assertPartitions(client: Client, shape: DatabaseShape): Promise<void> {
  for (const one of shape.partitions) {
    const { rows } = await client.query<{ bound: string | null }>(
      "select pg_get_expr(relpartbound, oid) as bound from pg_class where oid = to_regclass($1)",
      [quoted(one)],
    );
    if (rows[0]?.bound !== one.bound) throw new ShapeError(`The partition ${one.name} cannot be made as it was.`);
  }
}

/** Takes triggers, foreign keys and plain indexes off. @returns what puts them back */
async function withoutChecks(client: Client, shape: DatabaseShape): Promise<() => Promise<void>> {
  const schemas = [...new Set(shape.tables.map((table) => table.schema))];
  const { rows: triggered } = await client.query<{ schema: string; name: string }>(TRIGGERED, [schemas]);
  for (const one of triggered) await client.query(`alter table ${quoted(one)} disable trigger user`);
  const { rows: keys } = await client.query<{ schema: string; name: string; key: string; text: string }>(FOREIGN_KEYS, [
    schemas,
  ]);
  const named = (key: string): string => `"${key.replaceAll('"', '""')}"`;
  for (const one of keys) await client.query(`alter table ${quoted(one)} drop constraint ${named(one.key)}`);
  const { rows: indexes } = await client.query<{ schema: string; name: string; text: string }>(INDEXES, [schemas]);
  for (const one of indexes) await client.query(`drop index ${quoted(one)}`);
  return async () => {
    await client.query("set local maintenance_work_mem = '256MB'");
    for (const one of indexes) await client.query(one.text);
    for (const one of keys)
      await client.query(`alter table ${quoted(one)} add constraint ${named(one.key)} ${one.text}`);
    for (const one of triggered) await client.query(`alter table ${quoted(one)} enable trigger user`);
  };
}

async function compare(client: Client, shape: DatabaseShape, sums: ReadonlyMap<string, TableSum>): Promise<void> {
  for (const table of shape.tables) {
    const name = `${table.schema}.${table.name}`;
    const sum = new Sum();
    for await (const piece of copyRows(client, table)) sum.add(piece);
    const [found, wanted] = [sum.end(), sums.get(name)];
    if (found.rows !== wanted?.rows || found.set !== wanted.set)
      throw new ShapeError(
        `The table ${name} does not hold what was saved (${found.rows} rows instead of ${wanted?.rows ?? 0}). Nothing was restored.`,
      );
  }
}
