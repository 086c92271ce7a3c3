import { randomInt } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import { hash, verify } from "@node-rs/argon2";

/** OWASP's first choice: Argon2id (the library's number 2) with 19 MiB, two passes, one lane; 27 ms here. */
const SETTINGS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const MIN_LENGTH = 10;
/** Long enough for a sentence, short enough that hashing stays cheap. */
export const MAX_LENGTH = 128;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), SETTINGS);

export async function verifyPassword(hashed: string, password: string): Promise<boolean> {
  return await verify(hashed, password.normalize("NFKC"));
}

/** What people choose when ten characters are asked of them; compared without case, digits at the end and doubling. */
const COMMON = new Set(
  [
    "password",
    "passw0rd",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "zaq12wsx",
    "woaini",
    "woaini1314",
    "iloveyou",
    "admin",
    "administrator",
    "letmein",
    "welcome",
    "abc",
    "abcdefg",
    "abcdefghij",
    "zhongguo",
    "jiefangjun",
    "doorstep",
    "lianxinqiao",
    "xinfang",
    "test",
    "mima",
    "mimamima",
    "123456",
    "123456789",
    "1234567890",
    "0123456789",
    "9876543210",
    "0987654321",
    "5201314",
    "1314520",
  ].map((word) => word.toLowerCase()),
);

/**
 * Checks a password somebody chose: long rather than odd.
 *
 * @throws DoorstepError `account.passwordShort`, `account.passwordKnown`, `input.tooLarge`.
 */
export function assertGoodPassword(password: string, username: string): void {
  if ([...password].length < MIN_LENGTH) throw new DoorstepError("account.passwordShort", { min: MIN_LENGTH });
  if (password.length > MAX_LENGTH) throw new DoorstepError("input.tooLarge");
  const plain = password.normalize("NFKC").toLowerCase();
  if (isCommon(plain) || plain.includes(username.toLowerCase())) throw new DoorstepError("account.passwordKnown");
}

function isCommon(plain: string): boolean {
  // one or two characters again and again, or a run such as 12345678901
  if (new Set(plain).size <= 2 || isRun(plain)) return true;
  const word = plain.replace(/[^\p{L}\p{N}]/gu, "");
  const stem = word.replace(/\d+$/, "");
  return [word, stem, halfOf(word), halfOf(stem)].some((part) => COMMON.has(part));
}

function isRun(text: string): boolean {
  const steps = new Set([...text].slice(1).map((c, i) => ((c.codePointAt(0) ?? 0) - text.charCodeAt(i) + 10) % 10));
  return steps.size === 1 && /^[a-z]+$|^\d+$/.test(text);
}

/** The half of a doubled word, else the word. */
function halfOf(word: string): string {
  const half = word.slice(0, word.length / 2);
  return half.repeat(2) === word ? half : word;
}

/** Without characters that people mistake for one another on paper. */
const SLIP_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
const SLIP_LENGTH = 16;

/** A one-time password for a printed slip: 79 random bits in groups of four. */
export const oneTimePassword = (): string =>
  Array.from({ length: SLIP_LENGTH }, () => SLIP_ALPHABET.charAt(randomInt(SLIP_ALPHABET.length)))
    .join("")
    .replace(/(.{4})(?=.)/g, "$1-");
