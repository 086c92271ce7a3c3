import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DoorstepError } from "@doorstep/contracts";
import { decryptStream } from "@doorstep/kernel";
import { z } from "zod";
import { type ArchiveHeader, type ArchiveSecret, archiveHeader, archiveKey, headerLine } from "./archive-secret.ts";
import { type Frame, readFrames } from "./frames.ts";

const place = { schema: z.string(), name: z.string() };

/** The first thing inside: what it is, so that a restore can refuse before it reads the rest. */
export const archiveHead = z.object({
  at: z.string(),
  version: z.string(),
  /** of the key file whose data these are */
  key: z.string(),
  postgres: z.string(),
  migrations: z
    .array(
      z.object({ package: z.string(), name: z.string(), sha256: z.string(), sql: z.string(), appliedAt: z.string() }),
    )
    .readonly(),
  tables: z.array(z.object({ ...place, columns: z.array(z.string()).readonly() })).readonly(),
  partitions: z.array(z.object({ ...place, bound: z.string() })).readonly(),
  sequences: z.array(z.object({ ...place, last: z.string(), called: z.boolean() })).readonly(),
  /** the last seal of the ledger: what a restore must be able to show */
  seal: z.object({ no: z.number(), hash: z.string(), root: z.string() }).nullable(),
});
export type ArchiveHead = z.output<typeof archiveHead>;

const tableSum = z.object({
  name: z.string(),
  rows: z.number(),
  bytes: z.number(),
  sha256: z.string(),
  set: z.string(),
});

/** The last thing inside: how much of everything there is. */
export const archiveManifest = z.object({
  tables: z.array(tableSum),
  files: z.object({ count: z.number(), bytes: z.number(), sha256: z.string() }),
  /** files that the database names and the disk did not have, or not whole */
  missing: z.array(z.string()),
});
export type ArchiveManifest = z.output<typeof archiveManifest>;

/** Below the data folder, whoever wrote it. */
const isBelow = (path: string): boolean =>
  path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

export const archivePart = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("table"), ...place }),
  z.object({ kind: z.literal("file"), path: z.string().max(500).refine(isBelow) }),
]);
export type ArchivePart = z.output<typeof archivePart>;

const HEADER_MAX = 4_096;

/** The readable first line. */
export async function readHeader(file: string): Promise<{ readonly header: ArchiveHeader; readonly bytes: number }> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_MAX), 0, HEADER_MAX, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(10);
    const line = buffer.subarray(0, Math.max(end, 0)).toString("utf8");
    const parsed = archiveHeader.safeParse(json(line));
    // what was not written by us, byte by byte, gives another key anyhow
    if (!parsed.success || headerLine(parsed.data) !== `${line}\n`)
      throw new DoorstepError("backup.notArchive", { file: basename(file) });
    return { header: parsed.data, bytes: end + 1 };
  } finally {
    await handle.close();
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Everything in the archive in its order; throws before the first piece that is not what was written. */
export async function* framesOf(file: string, secret: ArchiveSecret): AsyncGenerator<Frame> {
  const { header, bytes } = await readHeader(file);
  const key = archiveKey(header, secret);
  const plain = Readable.from(decryptStream(key, createReadStream(file, { start: bytes })), { objectMode: false });
  const unpacked = createGunzip();
  plain.on("error", (error) => unpacked.destroy(error));
  try {
    yield* readFrames(plain.pipe(unpacked));
  } finally {
    plain.destroy();
    unpacked.destroy();
  }
}
