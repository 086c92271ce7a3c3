import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** What `plugin.sig` holds: whose key, and the signature over the bytes of `plugin.json`. */
export interface Signature {
  readonly keyId: string;
  readonly signature: string;
}

/** A key whose archives are accepted. */
export interface Publisher {
  readonly keyId: string;
  readonly name: string;
  /** PEM */
  readonly publicKey: string;
}

/** A key is named by its own bytes: nobody can put another one in its place. */
export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex").slice(0, 32);
}

/** @throws Error where the text is no Ed25519 key */
export function readPublicKey(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("not an Ed25519 key");
  return key;
}

export function createSigningKey(): { readonly privateKey: string; readonly publicKey: string } {
  const pair = generateKeyPairSync("ed25519");
  return {
    privateKey: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

/** @throws Error where the text is no Ed25519 key */
export function signManifest(manifest: Uint8Array, privateKeyPem: string): Signature {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("not an Ed25519 key");
  return { keyId: keyIdOf(createPublicKey(key)), signature: sign(null, manifest, key).toString("base64") };
}

export const isSignedBy = (manifest: Uint8Array, signature: Signature, publicKeyPem: string): boolean => {
  const key = readPublicKey(publicKeyPem);
  return keyIdOf(key) === signature.keyId && verify(null, manifest, key, Buffer.from(signature.signature, "base64"));
};
