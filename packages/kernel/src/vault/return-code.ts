import { hmacSha256 } from "./key-object.ts";

/** Crockford's base 32: no I, L, O, U, which people mistake for 1, 1, 0, V. */
export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA = 18;
const MODULUS = 1021;

/** Two check characters: any one wrong character and nearly every swap of neighbours is noticed before it is sent. */
function check(data: readonly number[]): readonly [number, number] {
  let sum = 0;
  for (const value of data) sum = (sum * 37 + value + 1) % MODULUS;
  return [sum >> 5, sum & 31];
}

const written = (values: readonly number[]): string =>
  values
    .map((v) => ALPHABET.charAt(v))
    .join("")
    .replace(/(.{4})(?=.)/g, "$1-");

/**
 * The return code of a petition, 90 bits, made from the request's secret key: a second press with the same key gives
 * the same code, though only its keyed hash is stored.
 */
export function returnCodeOf(codeKey: Buffer, secret: string): string {
  const bytes = hmacSha256(codeKey).update(`code\0${secret}`).digest();
  const data = Array.from(bytes.subarray(0, DATA), (b) => b & 31);
  return written([...data, ...check(data)]);
}

/** Reads a code as people write it: lower case, full width, O for 0, I or L for 1, any separator. */
export function parseReturnCode(typed: string): string | undefined {
  const text = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0")
    .replace(/U/g, "V");
  if (text.length !== DATA + 2) return undefined;
  const values = Array.from(text, (c) => ALPHABET.indexOf(c));
  const [a, b] = check(values.slice(0, DATA));
  return a === values[DATA] && b === values[DATA + 1] ? text : undefined;
}

/** What is stored and looked up instead of the code. */
export const returnTag = (codeKey: Buffer, code: string): Buffer =>
  hmacSha256(codeKey)
    .update(`return\0${code.replaceAll("-", "")}`)
    .digest();
