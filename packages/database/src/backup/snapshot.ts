import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Migrations } from "../migrate.ts";
import { type DatabaseShape, quoted, readShape, type TableShape } from "./shape.ts";

/** One moment of a database, held open: people go on writing, nothing of it shows here. */
export interface Snapshot extends AsyncDisposable {
  /** other transactions can take the same moment by it */
  readonly id: string;
  readonly shape: DatabaseShape;
  readonly client: Client;
  /** The rows of a table in PostgreSQL's own text format, always in the same order. */
  rows(table: TableShape): AsyncIterable<Buffer>;
}

/** Text comes out the same on every server: no parallel scan, none that joins another one half way. */
export const SAME_TEXT = `
  set synchronize_seqscans = off; set max_parallel_workers_per_gather = 0; set timezone = 'UTC'; set datestyle = 'ISO';
  set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex'; set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0; set row_security = off`;

/** The rows of a table as text. */
export function copyRows(client: Client, table: TableShape): AsyncIterable<Buffer> {
  const columns = table.columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(", ");
  // a query, not the table: a partitioned one is copied in no other way
  return client.query(copyTo(`copy (select ${columns} from ${quoted(table)}) to stdout`));
}

/** Connects apart from the pools: statements that copy must not share a pipelined connection. */
export async function openClient(url: string, name: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: name, keepAlive: true });
  client.on("error", () => undefined);
  await client.connect();
  await client.query(SAME_TEXT);
  return client;
}

/** Opens a snapshot of the database as its owner. @throws ShapeError */
export async function openSnapshot(ownerUrl: string, code: readonly Migrations[]): Promise<Snapshot> {
  const client = await openClient(ownerUrl, "doorstep backup");
  try {
    await client.query("begin transaction isolation level repeatable read read only");
    const shape = await readShape(client, code);
    const { rows } = await client.query<{ id: string }>("select pg_export_snapshot() as id");
    return {
      id: rows[0]?.id ?? "",
      shape,
      client,
      rows: (table) => copyRows(client, table),
      [Symbol.asyncDispose]: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}
