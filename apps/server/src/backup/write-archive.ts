import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { connect, type Migrations, openSnapshot, type Snapshot, Sum } from "@doorstep/database";
import { encryptStream } from "@doorstep/kernel";
import type { ArchiveHead, ArchiveManifest, ArchivePart } from "./archive.ts";
import { type ArchiveSecret, archiveKey, headerLine, keyMark, newHeader } from "./archive-secret.ts";
import { frame, joined } from "./frames.ts";

export interface BackupSource {
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** of the data themselves; never in the archive */
  readonly masterKey: Buffer;
  /** of this code */
  readonly migrations: readonly Migrations[];
  readonly version: string;
  readonly now: () => Date;
}

export interface WriteOptions {
  readonly target: string;
  readonly secret: ArchiveSecret;
  readonly onProgress?: (what: string, done: number, all: number) => void;
  /** other transactions may look at the same moment by this id while the archive is written */
  readonly onSnapshot?: (id: string) => Promise<void>;
}

/** What was written. */
export interface WrittenBackup {
  readonly file: string;
  readonly bytes: number;
  readonly at: string;
  readonly rows: number;
  readonly tables: number;
  readonly files: number;
  /** files the database names that were not there, or not whole: not a good backup */
  readonly missing: readonly string[];
  readonly seal: ArchiveHead["seal"];
}

/** Folders of the data folder that hold what people or modules gave; the database's own lies elsewhere. */
const FOLDERS = ["files", "plugins"] as const;
const UNFINISHED = "unfinished";

/** Writes database and files as of one moment into one locked file, whole or not at all; people go on working. */
export async function writeArchive(source: BackupSource, options: WriteOptions): Promise<WrittenBackup> {
  await using snapshot = await openSnapshot(source.ownerUrl, source.migrations);
  await options.onSnapshot?.(snapshot.id);
  const head: ArchiveHead = {
    at: source.now().toISOString(),
    version: source.version,
    key: keyMark(source.masterKey),
    ...snapshot.shape,
    seal: await sealOf(snapshot),
  };
  const told: { manifest?: ArchiveManifest } = {};
  const header = newHeader(options.secret);
  const unfinished = `${options.target}.${UNFINISHED}`;
  await mkdir(dirname(options.target), { recursive: true, mode: 0o700 });
  const file = await open(unfinished, "wx", 0o600);
  let bytes = 0;
  try {
    const line = Buffer.from(headerLine(header));
    await file.write(line);
    bytes += line.length;
    const packed = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 });
    await pipeline(
      Readable.from(contents(snapshot, source, head, options, told), { objectMode: false }),
      packed,
      (plain) => encryptStream(archiveKey(header, options.secret), plain),
      async (locked: AsyncIterable<Buffer>) => {
        for await (const piece of locked) {
          await file.write(piece);
          bytes += piece.length;
        }
      },
    );
    await file.sync();
    await file.close();
    await rename(unfinished, options.target);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
  const { tables, files, missing } = told.manifest ?? { tables: [], files: { count: 0 }, missing: [] };
  return {
    file: options.target,
    bytes,
    at: head.at,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    tables: tables.length,
    files: files.count,
    missing,
    seal: head.seal,
  };
}

async function sealOf(snapshot: Snapshot): Promise<ArchiveHead["seal"]> {
  const { rows } = await snapshot.client.query<{ no: number; hash: string; root: string }>(
    "select no, encode(hash, 'hex') as hash, encode(root, 'hex') as root from kernel.seals order by no desc limit 1",
  );
  return rows[0] ?? null;
}

async function* contents(
  snapshot: Snapshot,
  { dataDir, ownerUrl }: BackupSource,
  head: ArchiveHead,
  { onProgress }: WriteOptions,
  told: { manifest?: ArchiveManifest },
): AsyncGenerator<Buffer> {
  yield frame("head", head);
  const tables: ArchiveManifest["tables"] = [];
  for (const [n, table] of snapshot.shape.tables.entries()) {
    onProgress?.(`${table.schema}.${table.name}`, n, snapshot.shape.tables.length);
    yield frame("part", { kind: "table", schema: table.schema, name: table.name } satisfies ArchivePart);
    const sum = new Sum();
    for await (const data of joined(snapshot.rows(table))) {
      sum.add(data);
      yield frame("data", data);
    }
    const end = sum.end();
    yield frame("end", end);
    tables.push({ name: `${table.schema}.${table.name}`, ...end });
  }
  const list = createHash("sha256");
  const files = { count: 0, bytes: 0 };
  const damaged = new Set<string>();
  const seen = new Set<string>();
  for await (const path of filesOf(dataDir)) {
    if (files.count % 1_000 === 0) onProgress?.("files", files.count, 0);
    const hash = createHash("sha256");
    let size = 0;
    const opened = await openThere(join(dataDir, path));
    if (!opened) continue;
    yield frame("part", { kind: "file", path } satisfies ArchivePart);
    for await (const data of joined(opened.createReadStream())) {
      hash.update(data);
      size += data.length;
      yield frame("data", data);
    }
    const sha256 = hash.digest("hex");
    yield frame("end", { bytes: size, sha256 });
    list.update(`${path}\0${sha256}\n`);
    files.count += 1;
    files.bytes += size;
    if (path.startsWith("files/")) {
      const key = path.slice("files/".length);
      seen.add(key);
      if (!key.endsWith(sha256)) damaged.add(key);
    }
  }
  const missing = await stillNamed(ownerUrl, await missingOf(snapshot, seen, damaged));
  const manifest = { tables, files: { ...files, sha256: list.digest("hex") }, missing };
  told.manifest = manifest;
  yield frame("manifest", manifest);
}

async function* filesOf(dataDir: string): AsyncGenerator<string> {
  for (const folder of FOLDERS) {
    // one level after the other, not all at once: a house may have millions of files
    for (const group of await namesIn(join(dataDir, folder))) {
      if (group === UNFINISHED) continue;
      for (const path of await below(dataDir, `${folder}/${group}`)) yield path;
    }
  }
}

async function below(dataDir: string, path: string): Promise<readonly string[]> {
  const entries = await readdir(join(dataDir, path), { withFileTypes: true, recursive: true }).catch(() => null);
  if (entries === null) return [path];
  const at = join(dataDir, "/");
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(at.length))
    .sort();
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).toSorted();

/** A file nobody claimed may go between the look at the folder and this one. */
async function openThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return null;
    throw error;
  }
}

const PAGE = 10_000;

/** Files that the database names as of this moment and that were not saved whole. */
async function missingOf(
  snapshot: Snapshot,
  seen: ReadonlySet<string>,
  damaged: ReadonlySet<string>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let after = ""; ; ) {
    const { rows } = await snapshot.client.query<{ key: string }>(
      `select storage_key as key from kernel.files where storage_key > $1 order by storage_key limit ${PAGE}`,
      [after],
    );
    for (const { key } of rows) if (!seen.has(key) || damaged.has(key)) missing.push(key);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return missing;
    after = last.key;
  }
}

/** What was removed while the backup ran is missed by nobody. */
async function stillNamed(ownerUrl: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const pool = connect(ownerUrl, { max: 1, applicationName: "doorstep backup" });
  try {
    const { rows } = await pool.query<{ key: string }>(
      "select distinct storage_key as key from kernel.files where storage_key = any($1) order by 1",
      [keys],
    );
    return rows.map((row) => row.key);
  } finally {
    await pool.end();
  }
}
