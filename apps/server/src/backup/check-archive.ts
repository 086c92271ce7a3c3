import { createHash } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import { type Migrations, readMigrations, Sum, type TableSum } from "@doorstep/database";
import {
  type ArchiveHead,
  type ArchiveManifest,
  type ArchivePart,
  archiveHead,
  archiveManifest,
  archivePart,
  framesOf,
} from "./archive.ts";
import type { ArchiveSecret } from "./archive-secret.ts";
import type { Frame } from "./frames.ts";

export interface CheckedArchive {
  readonly head: ArchiveHead;
  readonly manifest: ArchiveManifest;
}

/** Whoever gave the key is told about the key; everything else that fails here is damage. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DoorstepError) throw error;
    const { code } = error as { code?: unknown };
    if (code === "ENOENT" || code === "EACCES") throw error;
    throw new DoorstepError("backup.damaged");
  }
}

class Damaged extends Error {}
const must = (held: boolean): void => {
  if (!held) throw new Damaged();
};

const sameSum = (a: TableSum, b: TableSum | undefined): boolean =>
  b !== undefined && a.rows === b.rows && a.bytes === b.bytes && a.sha256 === b.sha256 && a.set === b.set;

/** Reads an archive from its first to its last byte and compares it with what it says of itself; writes nothing. */
export const checkArchive = (file: string, secret: ArchiveSecret): Promise<CheckedArchive> =>
  orDamaged(check(framesOf(file, secret)));

async function check(frames: AsyncGenerator<Frame>): Promise<CheckedArchive> {
  const reading = new Reading();
  for await (const frame of frames) reading.take(frame);
  return reading.finish();
}

const isTableSum = (sum: Pick<TableSum, "bytes" | "sha256">): sum is TableSum => "set" in sum;

/** A file has no rows. */
class FileSum {
  readonly #hash = createHash("sha256");
  #bytes = 0;
  add(piece: Buffer): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
  }
  end(): Pick<TableSum, "bytes" | "sha256"> {
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

/** What was read so far; throws where the order or a sum is not what was written. */
class Reading {
  #head: ArchiveHead | undefined;
  #manifest: ArchiveManifest | undefined;
  #open: { readonly part: ArchivePart; readonly sum: Sum | FileSum } | undefined;
  readonly #tables: ArchiveManifest["tables"] = [];
  readonly #list = createHash("sha256");
  readonly #files = { count: 0, bytes: 0 };

  take(frame: Frame): void {
    must(this.#manifest === undefined && (this.#head === undefined) === (frame.kind === "head"));
    if (frame.kind === "data") {
      must(this.#open !== undefined);
      this.#open?.sum.add(frame.data);
    } else if (frame.kind === "end") this.#end(frame.json as TableSum);
    else this.#begin(frame.kind, frame.json);
  }

  #begin(kind: "head" | "part" | "manifest", json: unknown): void {
    must(this.#open === undefined);
    if (kind === "head") this.#head = archiveHead.parse(json);
    else if (kind === "part") {
      const part = archivePart.parse(json);
      this.#open = { part, sum: part.kind === "table" ? new Sum() : new FileSum() };
    } else this.#manifest = archiveManifest.parse(json);
  }

  #end(told: TableSum): void {
    if (!this.#open) throw new Damaged();
    const { part } = this.#open;
    const sum = this.#open.sum.end();
    this.#open = undefined;
    must(told.sha256 === sum.sha256 && told.bytes === sum.bytes);
    if (part.kind === "table" && isTableSum(sum)) {
      this.#tables.push({ name: `${part.schema}.${part.name}`, ...sum });
      return;
    }
    this.#files.count += 1;
    this.#files.bytes += sum.bytes;
    if (part.kind === "file") this.#list.update(`${part.path}\0${sum.sha256}\n`);
  }

  finish(): CheckedArchive {
    const [head, manifest] = [this.#head, this.#manifest];
    if (!head || !manifest) throw new Damaged();
    must(this.#tables.length === manifest.tables.length && this.#tables.length === head.tables.length);
    must(this.#tables.every((sum, n) => sum.name === manifest.tables[n]?.name && sameSum(sum, manifest.tables[n])));
    must(this.#files.count === manifest.files.count && this.#list.digest("hex") === manifest.files.sha256);
    return { head, manifest };
  }
}

/** Data of a later release are never opened by an earlier one. */
export function assertNotNewer(
  head: Pick<ArchiveHead, "version" | "migrations">,
  code: readonly Migrations[],
  ours: string,
): void {
  for (const set of code) {
    const known = new Map(readMigrations(set.dir).map((file) => [file.name, file.sha256]));
    for (const one of head.migrations)
      if (one.package === set.package && known.get(one.name) !== one.sha256)
        throw new DoorstepError("backup.newer", { version: head.version, file: `${one.package}/${one.name}`, ours });
  }
}
