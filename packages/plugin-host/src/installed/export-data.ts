import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { DoorstepError } from "@doorstep/contracts";
import { pluginNames } from "@doorstep/database";
import { inChange, type Kernel } from "@doorstep/kernel";
import type { Pool, PoolClient } from "pg";
import { type Pack, pack } from "tar-stream";
import type { By } from "./office.ts";
import { note } from "./publishers.ts";

/** What an exported archive says of itself in `export.json`. */
export interface DataExport {
  readonly format: 1;
  readonly module: string;
  readonly at: string;
  readonly tables: readonly {
    readonly name: string;
    readonly file: string;
    readonly rows: number;
    readonly sha256: string;
  }[];
}

const AT_ONCE = 1_000;

/** Where the module's tables are: under its own name, or put aside. */
async function schemaOf(client: PoolClient, pluginId: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname = $1 or nspname =
       (select put_aside_as from kernel.plugin_removal where plugin_id = $2 and state = 'archived')`,
    [pluginNames(pluginId).schema, pluginId],
  );
  if (!rows[0]) throw new DoorstepError("module.noData");
  return rows[0].name;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A module may name its tables as it likes; a file's name leads nowhere. */
const fileOf = (table: string, place: number): string =>
  `${place + 1}-${table.replaceAll(/[^\w-]/g, "_").slice(0, 40)}.jsonl`;

async function* linesOf(client: PoolClient, table: string): AsyncGenerator<string> {
  await client.query(`declare exported no scroll cursor for select to_jsonb(t)::text as line from ${table} t`);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${AT_ONCE} from exported`);
    for (const { line } of rows) yield `${line}\n`;
    if (rows.length < AT_ONCE) break;
  }
  await client.query("close exported");
}

/**
 * Writes everything that stands in a module's own tables into one `.tar.gz`: a file of JSON lines for each table, and
 * `export.json` with counts and hashes. One moment of the database, whatever happens meanwhile.
 *
 * @throws DoorstepError `module.noData`
 */
export async function exportData(
  k: { readonly kernel: Kernel; readonly owner: Pool },
  pluginId: string,
  to: { readonly file: string; readonly folder: string },
  { by }: By,
): Promise<DataExport> {
  const folder = await mkdtemp(join(to.folder, "export-"));
  const client = await k.owner.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const schema = await schemaOf(client, pluginId);
    const { rows: names } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = $1 order by tablename",
      [schema],
    );
    const tables: DataExport["tables"][number][] = [];
    for (const { name } of names) {
      const hash = createHash("sha256");
      let rows = 0;
      await pipeline(
        async function* () {
          for await (const line of linesOf(client, `${quoted(schema)}.${quoted(name)}`)) {
            hash.update(line);
            rows += 1;
            yield line;
          }
        },
        createWriteStream(join(folder, `${tables.length}`), { mode: 0o600 }),
      );
      tables.push({ name, file: fileOf(name, tables.length), rows, sha256: hash.digest("hex") });
    }
    await client.query("commit");
    const made: DataExport = { format: 1, module: pluginId, at: k.kernel.now().toISOString(), tables };
    await writeTar(made, folder, to.file);
    await inChange(k.kernel, by, (change) =>
      note(change, "module.dataExported", {
        plugin: pluginId,
        tables: tables.length,
        rows: tables.reduce((sum, one) => sum + one.rows, 0),
      }),
    );
    return made;
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeTar(made: DataExport, folder: string, file: string): Promise<void> {
  const tar = pack();
  const written = pipeline(tar, createGzip(), createWriteStream(file, { mode: 0o600, flags: "wx" }));
  // both at once: where the file cannot be written, nobody waits for that yet while the first table is read
  await Promise.all([written, fillTar(tar, made, folder)]);
}

async function fillTar(tar: Pack, made: DataExport, folder: string): Promise<void> {
  tar.entry({ name: "export.json" }, `${JSON.stringify(made, null, 2)}\n`);
  for (const [n, { file: name }] of made.tables.entries()) {
    const from = join(folder, `${n}`);
    const { size } = await stat(from);
    await pipeline(createReadStream(from), tar.entry({ name, size }));
  }
  tar.finalize();
}
