import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { hmacSha256, keyObject } from "./key-object.ts";
import type { NamedKey } from "./keys.ts";

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM; `aad` names the place, so that a ciphertext cannot be moved to another row. */
export function seal(key: Buffer, plain: Buffer | string, aad: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", keyObject(key), nonce);
  cipher.setAAD(Buffer.from(aad));
  return Buffer.concat([nonce, cipher.update(Buffer.from(plain)), cipher.final(), cipher.getAuthTag()]);
}

export function open(key: Buffer, box: Buffer, aad: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", keyObject(key), box.subarray(0, NONCE));
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(box.subarray(-TAG));
  return Buffer.concat([decipher.update(box.subarray(NONCE, -TAG)), decipher.final()]);
}

/** A record under a key of its own, which the key-encryption key wraps: rotation re-wraps, contents stay. */
export interface SealedRecord {
  readonly kek: string;
  readonly dek: Buffer;
  readonly ct: Buffer;
}

export function sealRecord(kek: NamedKey, id: string, plain: string): SealedRecord {
  const dek = randomBytes(32);
  return { kek: kek.id, dek: seal(kek.key, dek, `dek:${id}`), ct: seal(dek, plain, `rec:${id}`) };
}

export const openRecord = (kek: NamedKey, id: string, record: Pick<SealedRecord, "dek" | "ct">): string =>
  open(open(kek.key, record.dek, `dek:${id}`), record.ct, `rec:${id}`).toString("utf8");

/** Keyed hash of a normalised value: equal values meet, nobody can read them back. Never for names or texts. */
export const blindTag = (key: Buffer, kind: string, value: string): Buffer =>
  hmacSha256(key).update(`${kind}\0`).update(value.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase()).digest();

export const hex = (bytes: Buffer): string => `\\x${bytes.toString("hex")}`;
