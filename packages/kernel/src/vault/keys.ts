import { hkdfSync } from "node:crypto";
import { hmacSha256 } from "./key-object.ts";

/** A named key: the name is written beside what it protects, so that keys can rotate. */
export interface NamedKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Everything the kernel derives from the one key file. */
export interface Keys {
  /** wraps the record keys of vault and files */
  readonly kek: NamedKey;
  /** links a case to a person of the vault, and makes a person's audience pseudonym */
  readonly link: NamedKey;
  /** blind index over id numbers, telephones, service numbers */
  readonly blind: Buffer;
  /** return codes */
  readonly code: Buffer;
  /** seed of the Ed25519 key that signs seals */
  readonly ledgerSeed: NamedKey;
  /** the discipline organ's own key for C3 text and files */
  organ(organId: string): NamedKey;
  /** anything else the composition root needs, e.g. role passwords, cookie MACs */
  derive(purpose: string): Buffer;
}

export const KEY_BYTES = 32;

/** Keys that stay what they were when the master key changes. */
export interface KeptKeys {
  readonly code?: Buffer;
}

/** Derives all keys from the master key; `version` is the rotation number that stands in the key file. */
export function deriveKeys(master: Buffer, version = 1, kept: KeptKeys = {}): Keys {
  if (master.length < KEY_BYTES) throw new RangeError("the key file holds fewer than 32 bytes");
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync("sha256", master, "doorstep.1", purpose, KEY_BYTES));
  const named = (purpose: string): NamedKey => ({ id: `k${version}`, key: derive(purpose) });
  const organs = new Map<string, NamedKey>();
  return {
    kek: named("vault"),
    link: named("link"),
    blind: derive("blind"),
    code: kept.code ?? derive("code"),
    ledgerSeed: named("ledger"),
    organ: (organId) => {
      const known = organs.get(organId);
      if (known) return known;
      const made = named(`organ:${organId}`);
      organs.set(organId, made);
      return made;
    },
    derive,
  };
}

/** Bytes shaped as a UUID v8, so that pseudonyms fit the column of other keys. */
export function uuidOf(bytes: Buffer): string {
  const b = Buffer.from(bytes.subarray(0, 16));
  b.writeUInt8((b.readUInt8(6) & 0x0f) | 0x80, 6);
  b.writeUInt8((b.readUInt8(8) & 0x3f) | 0x80, 8);
  const h = b.toString("hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/** Under this key a person sees his own cases; without the link key nobody can tell whose it is. */
export const personKey = (keys: Keys, personId: string): string =>
  uuidOf(hmacSha256(keys.link.key).update(`audience\0${personId}`).digest());
