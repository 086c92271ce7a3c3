import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";

const base64 = (of: Uint8Array): string => Buffer.from(of).toString("base64");
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const encoded = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A unit's two pairs of keys: one signs, one opens what was sealed for it. */
export interface OwnKeys {
  readonly signKey: string;
  readonly boxKey: string;
  /** kept encrypted, and never shown */
  readonly secret: Uint8Array;
}

const publicText = (key: KeyObject): string => base64(key.export({ type: "spki", format: "der" }));
const privateText = (key: KeyObject): string => base64(key.export({ type: "pkcs8", format: "der" }));
const publicKey = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.from(text, "base64"), type: "spki", format: "der" });
const privateKey = (text: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(text, "base64"), type: "pkcs8", format: "der" });

const secrets = z.object({ sign: z.string(), box: z.string() });
const secretsOf = (secret: Uint8Array) => secrets.parse(JSON.parse(textOf(secret)));

export function makeKeys(): OwnKeys {
  const signs = generateKeyPairSync("ed25519");
  const opens = generateKeyPairSync("x25519");
  return {
    ...{ signKey: publicText(signs.publicKey), boxKey: publicText(opens.publicKey) },
    secret: encoded({ sign: privateText(signs.privateKey), box: privateText(opens.privateKey) }),
  };
}

/** Whether two texts are the public halves that packages need. */
export function areKeys(signKey: string, boxKey: string): boolean {
  try {
    return publicKey(signKey).asymmetricKeyType === "ed25519" && publicKey(boxKey).asymmetricKeyType === "x25519";
  } catch {
    return false;
  }
}

const SUITE = "doorstep-referral/2";
const ALGORITHM = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;

/** In front of what is sealed: for whom, and the key of this once. */
const HEAD = /^doorstep-referral\/2 ([A-Za-z0-9-]{2,40}) ([A-Za-z0-9+/=]{40,120})\n/;
const MOST_OF_HEAD = 200;
const SIGNATURE = 64;
/** of what was pressed together */
const MOST_OPENED = 8_000_000;
const inner = z.object({ signed: z.base64(), signature: z.base64() });

function sharedKey(mine: KeyObject, theirs: KeyObject, once: string): Uint8Array {
  const shared = diffieHellman({ privateKey: mine, publicKey: theirs });
  return new Uint8Array(hkdfSync("sha256", shared, Buffer.from(once, "base64"), SUITE, 32));
}

/**
 * Signs content with the sender's key and seals it for one receiver. The signature is inside, so that who sent what shows to
 * nobody who finds the file.
 */
export function seal(content: unknown, to: { readonly code: string; readonly boxKey: string }, secret: Uint8Array) {
  const signed = encoded(content);
  const signature = sign(null, signed, privateKey(secretsOf(secret).sign));
  const pair = generateKeyPairSync("x25519");
  const once = publicText(pair.publicKey);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, sharedKey(pair.privateKey, publicKey(to.boxKey), once), nonce);
  cipher.setAAD(Buffer.from(`${SUITE} ${to.code}`));
  const plain = deflateRawSync(Buffer.concat([signature, signed]));
  const head = Buffer.from(`${SUITE} ${to.code} ${once}\n`);
  const file = Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { file: new Uint8Array(file), signed };
}

export interface Opened {
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** What was sealed for whoever has this secret; `null` for anything else, and for what was changed on the way. */
export function open(file: Uint8Array, secret: Uint8Array): Opened | null {
  try {
    const [head = "", to = "", once = ""] =
      HEAD.exec(Buffer.from(file.subarray(0, MOST_OF_HEAD)).toString("latin1")) ?? [];
    const sealed = file.subarray(head.length);
    const key = sharedKey(privateKey(secretsOf(secret).box), publicKey(once), once);
    const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(`${SUITE} ${to}`));
    decipher.setAuthTag(sealed.subarray(sealed.byteLength - TAG));
    const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
    const bytes = new Uint8Array(inflateRawSync(plain, { maxOutputLength: MOST_OPENED }));
    return { signed: bytes.subarray(SIGNATURE), signature: bytes.subarray(0, SIGNATURE) };
  } catch {
    return null;
  }
}

/** Whether it is by the holder of a key. */
export const isSignedBy = ({ signed, signature }: Opened, signKey: string): boolean =>
  verify(null, signed, publicKey(signKey), signature);

/** Signs what everybody may read, such as a receipt. */
export const signedText = (content: unknown, secret: Uint8Array): Uint8Array => {
  const signed = encoded(content);
  const signature = sign(null, signed, privateKey(secretsOf(secret).sign));
  return encoded({ signed: base64(signed), signature: base64(signature) });
};

/** What was signed and not sealed; `null` for what is no such file. */
export function readSigned(file: Uint8Array): Opened | null {
  try {
    const { signed, signature } = inner.parse(JSON.parse(textOf(file)));
    return { signed: bytesOf(signed), signature: bytesOf(signature) };
  } catch {
    return null;
  }
}
