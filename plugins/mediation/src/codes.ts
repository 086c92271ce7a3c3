import { createHash, randomBytes } from "node:crypto";

/** Crockford's letters: nobody mistakes one for another. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

/** What the other side is given: 60 random bits, in groups of four. */
export const newCode = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length))
    .join("")
    .replace(/(.{4})(?=.)/g, "$1-");

export const hashOf = (code: string): Uint8Array => {
  const plain = code
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1")
    .replaceAll("U", "V");
  return createHash("sha256").update(`mediation ${plain}`).digest();
};
