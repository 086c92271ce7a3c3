import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGunzip, createGzip } from "node:zlib";
import { extract, pack } from "tar-stream";

/** The files of a package's tarball by their path in the package. */
export async function readTarball(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = Readable.from([bytes]).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    const content = await buffer(entry);
    if (entry.header.type === "file") files.set(entry.header.name.replace(/^package\//, ""), content);
  }
  return files;
}

export async function writeTarball(files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const tar = pack();
  const bytes = buffer(tar.pipe(createGzip()));
  for (const [name, content] of files) {
    const mode = content.subarray(0, 2).toString() === "#!" ? 0o755 : 0o644;
    tar.entry({ name: `package/${name}`, mode, mtime: new Date(0) }, Buffer.from(content));
  }
  tar.finalize();
  return bytes;
}
