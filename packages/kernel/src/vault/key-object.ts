import { createHmac, createSecretKey, type Hmac, type KeyObject } from "node:crypto";

const made = new WeakMap<Buffer, KeyObject>();

/** Node makes a key object of plain bytes at every use, which costs ten times the work itself. */
export function keyObject(key: Buffer): KeyObject {
  const known = made.get(key);
  if (known) return known;
  const object = createSecretKey(key);
  made.set(key, object);
  return object;
}

export const hmacSha256 = (key: Buffer): Hmac => createHmac("sha256", keyObject(key));
