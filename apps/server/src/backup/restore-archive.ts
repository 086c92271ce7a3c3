import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DoorstepError } from "@doorstep/contracts";
import {
  applyRecorded,
  connect,
  ensureAppRole,
  ensurePluginRole,
  fillDatabase,
  isEmptyDatabase,
  type Migrations,
  type TableContent,
} from "@doorstep/database";
import { archivePart, framesOf } from "./archive.ts";
import { type ArchiveSecret, keyMark } from "./archive-secret.ts";
import { assertNotNewer, type CheckedArchive, checkArchive } from "./check-archive.ts";
import type { Frame } from "./frames.ts";

export interface RestoreTarget {
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** the key of the data, already in its place */
  readonly masterKey: Buffer;
  readonly migrations: readonly Migrations[];
  readonly version: string;
  /** none for throw-away servers */
  readonly passwordOf: ((role: "app" | { readonly plugin: string }) => string) | undefined;
}

/** A restore that began and did not end stands in the database itself, so that nothing starts over half of it. */
const BEGUN = "create schema doorstep_meta; create table doorstep_meta.unfinished_restore (since timestamptz not null)";
const ENDED = "drop table doorstep_meta.unfinished_restore";

/** Whether a restore was broken off in this database. */
export async function assertRestoreFinished(pool: ReturnType<typeof connect>): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select to_regclass('doorstep_meta.unfinished_restore') is not null as there",
  );
  if (rows[0]?.there) throw new DoorstepError("backup.unfinishedRestore");
}

/** Reads an archive through and says whether this release can take it, before anything is made for it. */
export async function admitArchive(
  file: string,
  secret: ArchiveSecret,
  into: Pick<RestoreTarget, "masterKey" | "migrations" | "version">,
): Promise<CheckedArchive> {
  const checked = await checkArchive(file, secret);
  assertNotNewer(checked.head, into.migrations, into.version);
  const here = keyMark(into.masterKey);
  if (checked.head.key !== here) throw new DoorstepError("backup.wrongKey", { archive: checked.head.key, here });
  return checked;
}

/**
 * Puts an admitted archive into an empty database and data folder: the schema as it was applied, every row, every
 * file; then reads all rows back and compares.
 */
export async function restoreArchive(
  file: string,
  secret: ArchiveSecret,
  { head, manifest }: CheckedArchive,
  target: RestoreTarget,
  onProgress?: (what: string, done: number, all: number) => void,
): Promise<void> {
  const owner = connect(target.ownerUrl, { max: 2, applicationName: "doorstep restore" });
  try {
    if (!(await isEmptyDatabase(owner as never))) {
      await assertRestoreFinished(owner);
      throw new DoorstepError("backup.notEmpty", { place: "数据库 / The database" });
    }
    await owner.query(BEGUN);
    const appPassword = target.passwordOf?.("app");
    await ensureAppRole(owner, { ...(appPassword !== undefined && { password: appPassword }) });
    for (const name of new Set(head.migrations.map((one) => one.package).filter((name) => name.startsWith("p_")))) {
      const id = name.slice(2).replaceAll("_", "-");
      const password = target.passwordOf?.({ plugin: id });
      await ensurePluginRole(owner, { id, ...(password !== undefined && { password }) });
    }
    await applyRecorded(owner, head.migrations);
    const parts = new Parts(framesOf(file, secret), target.dataDir);
    let done = 0;
    await fillDatabase({
      ownerUrl: target.ownerUrl,
      shape: head,
      contents: parts.tables(head.tables),
      sums: () => new Map(manifest.tables.map((table) => [table.name, table])),
      makePartitions: async (client, partitions) => {
        const months = partitions.map(({ name }) => name.slice(-7).replace("_", "-")).toSorted();
        const [first, last] = [months.at(0), months.at(-1)];
        if (first !== undefined)
          await client.query("select kernel.ensure_partitions($1::date, $2::date)", [`${first}-01`, `${last}-01`]);
      },
      onTable: (name) => onProgress?.(name, done++, head.tables.length),
    });
    await parts.files((count) => onProgress?.("files", count, manifest.files.count));
    await owner.query(ENDED);
  } finally {
    await owner.end();
  }
}

/** The parts of an archive in their order: tables first, files after them. */
class Parts {
  readonly #frames: AsyncGenerator<Frame>;
  readonly #dataDir: string;

  constructor(frames: AsyncGenerator<Frame>, dataDir: string) {
    this.#frames = frames;
    this.#dataDir = dataDir;
  }

  async #take(): Promise<Frame | undefined> {
    const { value, done } = await this.#frames.next();
    return done ? undefined : value;
  }

  async *#content(): AsyncGenerator<Buffer> {
    for (let frame = await this.#take(); frame?.kind === "data"; frame = await this.#take()) yield frame.data;
  }

  async *tables(shapes: CheckedArchive["head"]["tables"]): AsyncGenerator<TableContent> {
    await this.#take();
    for (const table of shapes) {
      await this.#take();
      yield { table, content: this.#content() };
    }
  }

  async files(onFile: (count: number) => void): Promise<void> {
    for (let count = 0; ; count += 1) {
      const frame = await this.#take();
      if (frame?.kind !== "part") return;
      const part = archivePart.parse(frame.json);
      if (part.kind !== "file") return;
      onFile(count);
      const path = join(this.#dataDir, part.path);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const handle = await open(path, "wx", 0o600);
      try {
        for await (const piece of this.#content()) await handle.write(piece);
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  }
}
