import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Extract, extract } from "tar-stream";

/** What an archive may hold at most: it is read into memory as a whole. */
export const ARCHIVE_LIMITS = { bytes: 32 * 1024 * 1024, unpacked: 64 * 1024 * 1024, files: 500 } as const;

/** The archive cannot be read, or holds what none may hold. */
export class ArchiveUnreadable extends Error {
  override readonly name = "ArchiveUnreadable";
}

const PATH = /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w@.,+-]+(?:\/[\w@.,+-]+)*$/;

/** Counts what comes out, whatever the archive claims about its own size. */
class Room {
  #left: number = ARCHIVE_LIMITS.unpacked;

  async take(entry: Readable): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of entry as AsyncIterable<Buffer>) {
      this.#left -= part.length;
      if (this.#left < 0) throw new ArchiveUnreadable("too large when unpacked");
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}

async function readEntries(parser: Extract): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const room = new Room();
  for await (const entry of parser) {
    const { name, type } = entry.header;
    if (type !== "file" || !PATH.test(name)) throw new ArchiveUnreadable(`no plain file: ${name.slice(0, 100)}`);
    if (files.has(name)) throw new ArchiveUnreadable(`twice in the archive: ${name}`);
    if (files.size >= ARCHIVE_LIMITS.files) throw new ArchiveUnreadable("too many files");
    files.set(name, await room.take(entry as unknown as Readable));
  }
  return files;
}

/** Files by their path. @throws ArchiveUnreadable */
export async function readFiles(archive: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  if (archive.byteLength > ARCHIVE_LIMITS.bytes) throw new ArchiveUnreadable("the archive is too large");
  const unzipped = Readable.from([archive]).pipe(createGunzip());
  const parser = extract();
  // an error of the one must end the other, else the reading waits for ever
  unzipped.on("error", (error) => parser.destroy(error));
  unzipped.pipe(parser);
  try {
    return await readEntries(parser);
  } catch (error) {
    if (error instanceof ArchiveUnreadable) throw error;
    throw new ArchiveUnreadable(error instanceof Error ? error.message : "unreadable", { cause: error });
  } finally {
    unzipped.destroy();
  }
}
