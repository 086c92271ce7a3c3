import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Bytes } from "./byte-reader.ts";

/** Where encrypted files lie; they are named by the hash of what lies there, so that any damage shows. */
export interface Blobs {
  /** @returns the key to read it by. */
  write(id: string, content: Bytes): Promise<string>;
  read(key: string): Bytes;
  remove(key: string): Promise<void>;
}

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** Blobs as files of a folder: whole and flushed to the disk, or not there at all. */
export function folderBlobs(folder: string): Blobs {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new RangeError("not a key of a stored file");
    return join(folder, key);
  };
  return {
    async write(id, content) {
      const unfinished = join(folder, "unfinished", id);
      await mkdir(dirname(unfinished), { recursive: true, mode: 0o700 });
      const hash = createHash("sha256");
      const file = await open(unfinished, "wx", 0o600);
      try {
        for await (const piece of content) {
          hash.update(piece);
          await file.write(piece);
        }
        await file.sync();
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      } finally {
        await file.close();
      }
      const digest = hash.digest("hex");
      const key = `${digest.slice(0, 2)}/${digest}`;
      await mkdir(dirname(pathOf(key)), { recursive: true, mode: 0o700 });
      await rename(unfinished, pathOf(key));
      return key;
    },
    read: (key) => createReadStream(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
