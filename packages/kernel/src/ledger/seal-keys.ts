import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { ClientBase } from "pg";
import type { NamedKey } from "../vault/keys.ts";

/** DER of an Ed25519 private key up to its 32 bytes [RFC 8410]. */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

export interface SealKey {
  readonly id: string;
  /** 32 bytes, hex: what somebody outside checks seals with */
  readonly publicKey: string;
  sign(hash: Buffer): Buffer;
}

export function sealKeyOf(seed: NamedKey): SealKey {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed.key.subarray(0, 32)]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    id: seed.id,
    publicKey: spki.subarray(SPKI_ED25519.length).toString("hex"),
    sign: (hash) => sign(null, hash, key),
  };
}

/** A key that signs is kept, its public half, so that its seals can be checked when another one follows. */
export async function keepSealKey(client: Pick<ClientBase, "query">, key: SealKey, at: Date): Promise<void> {
  await client.query(
    "insert into kernel.seal_keys (id, public_key, since) values ($1, decode($2, 'hex'), $3) on conflict do nothing",
    [key.id, key.publicKey, at],
  );
}

const publicKeyOf = (hex: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_ED25519, Buffer.from(hex, "hex")]), format: "der", type: "spki" });

/** A key that is none, or another's, proves nothing. */
export function isSignedBy(publicKey: string, hash: Buffer, signature: Buffer): boolean {
  try {
    return verify(null, hash, publicKeyOf(publicKey), signature);
  } catch {
    return false;
  }
}
