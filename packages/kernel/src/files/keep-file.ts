import { createHash, randomBytes } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import type { Blobs } from "./blobs.ts";
import { ByteReader, type Bytes } from "./byte-reader.ts";
import { encrypt } from "./chunk-cipher.ts";
import { wrapKey } from "./file-keys.ts";
import { kindOf } from "./file-kinds.ts";
import { stripHeic } from "./strip-heic.ts";
import { stripJpeg } from "./strip-jpeg.ts";
import { stripPng } from "./strip-png.ts";

/** A recording of an hour, or a scanned file of a hundred pages. */
export const MAX_FILE_MB = 50;
const MB = 1_024 * 1_024;
const NAME_MAX = 120;

export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** no scanner has looked at it */
  readonly scanned: boolean;
}

/** Stops a stream as soon as it is too long, before the rest arrives. */
async function* limited(source: Bytes, maxMb: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    if (size > maxMb * MB) throw new DoorstepError("file.tooLarge", { maxMb });
    yield piece;
  }
}

/** The content without what a picture tells beside itself: place, time, device. */
export function stripped(type: string, source: Bytes): Bytes {
  if (type === "image/jpeg") return stripJpeg(source);
  if (type === "image/png") return stripPng(source);
  // PDF, office documents and recordings stay as they are: they are evidence by their very bytes
  return type === "image/heic" || type === "image/heif" ? stripHeic(source) : source;
}

/** A name as people wrote it, without what a file system or a header could misread. */
export function fileName(given: string): string {
  const plain = given
    .normalize("NFC")
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"*/:<>?\\|]+/gu, " ")
    .trim();
  const [, stem = plain, ending = ""] = /^(.*?)(\.[\p{L}\p{N}]{1,10})?$/u.exec(plain) ?? [];
  return `${[...stem].slice(0, NAME_MAX - ending.length).join("")}${ending}`.replace(/^\.+/, "") || "file";
}

/**
 * Takes a file in while it arrives: size, kind by its bytes, metadata of pictures removed, encrypted under a key of its
 * own. It belongs to no case until a petition or message claims it, and then is seen by whoever sees that case.
 *
 * @throws DoorstepError `file.empty`, `file.tooLarge`, `file.type`.
 */
export async function keepFile(
  kernel: Pick<Kernel, "pool" | "keys" | "now" | "newId">,
  blobs: Blobs,
  upload: { readonly name: string; readonly content: Bytes; readonly maxMb?: number },
): Promise<KeptFile> {
  const id = kernel.newId();
  const reader = new ByteReader(limited(upload.content, upload.maxMb ?? MAX_FILE_MB));
  const type = await kindOf(reader);
  const hash = createHash("sha256");
  let size = 0;
  async function* counted(source: Bytes): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  }
  const key = randomBytes(32);
  const storageKey = await blobs.write(id, encrypt(key, counted(stripped(type, reader.rest()))));
  const name = fileName(upload.name);
  // nobody knows yet whether it will belong to an accusation
  const { kek, dek } = wrapKey(kernel.keys, null, id, key);
  try {
    await kernel.pool.query(
      `insert into kernel.files (id, name, type, size, sha256, storage_key, kek, dek, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, name, type, size, hash.digest(), storageKey, kek, dek, kernel.now()],
    );
  } catch (error) {
    await blobs.remove(storageKey);
    throw error;
  }
  return { id, name, type, size, scanned: false };
}
