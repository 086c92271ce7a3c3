import { createHash, randomBytes } from "node:crypto";

/** Crockford's letters: nobody mistakes one for another. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

/** What is handed on to those who are asked to sign: 60 random bits, in groups of four. */
export const newInvitation = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length))
    .join("")
    .replace(/(.{4})(?=.)/g, "$1-");

/** Of which the code of somebody who signs is made. */
export const newSecret = (): string => randomBytes(24).toString("base64url").padEnd(32, "0");

/** As a code is kept: blanks, case and the usual mix-ups do not count, and nobody reads the code from it. */
export const hashOf = (code: string): Uint8Array => {
  const plain = code
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1")
    .replaceAll("U", "V");
  return createHash("sha256").update(`joint-petition ${plain}`).digest();
};
