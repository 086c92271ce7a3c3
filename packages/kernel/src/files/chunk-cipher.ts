import { createCipheriv, createDecipheriv } from "node:crypto";
import { ByteReader, type Bytes } from "./byte-reader.ts";

const CHUNK = 65_536;
const TAG = 16;

/** The number of the chunk, and whether it is the last one: pieces can be neither swapped nor cut off unnoticed. */
function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

/**
 * Encrypts a stream in chunks of 64 KB (AES-256-GCM each), so that a download can be checked while it is sent. The key
 * must be used for this one file only.
 */
export async function* encrypt(key: Buffer, source: Bytes): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  for (let index = 0, last = false; !last; index += 1) {
    const plain = await reader.take(CHUNK);
    last = (await reader.peek(1)).length === 0;
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(index, last));
    yield Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Gives the content back; throws before the first piece that is not what was written. */
export async function* decrypt(key: Buffer, source: Bytes): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  for (let index = 0, last = false; !last; index += 1) {
    const box = await reader.take(CHUNK + TAG);
    if (box.length < TAG) throw new Error("a stored file was cut off");
    last = (await reader.peek(1)).length === 0;
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(index, last));
    decipher.setAuthTag(box.subarray(-TAG));
    yield Buffer.concat([decipher.update(box.subarray(0, -TAG)), decipher.final()]);
  }
}
