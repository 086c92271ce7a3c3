import { createHash, randomBytes } from "node:crypto";

/** Crockford's letters: nobody mistakes one for another. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 16;

/** The pass of a booking: 80 random bits, in groups of four. */
export const newCode = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length))
    .join("")
    .replace(/(.{4})(?=.)/g, "$1-");

/** As it is kept: blanks, case and the usual mix-ups do not count, and nobody reads the code from it. */
export const hashOf = (code: string): Uint8Array => {
  const plain = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return createHash("sha256").update(`reception-day ${plain}`).digest();
};
