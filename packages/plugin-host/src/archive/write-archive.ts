import { buffer } from "node:stream/consumers";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";

/** The same files give the same bytes, on every machine and at every time. */
export async function writeArchive(files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const tar = pack();
  const bytes = buffer(tar.pipe(createGzip({ level: 9 })));
  const epoch = new Date(0);
  for (const [name, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    tar.entry({ name, mode: 0o644, mtime: epoch }, Buffer.from(content));
  tar.finalize();
  return bytes;
}
