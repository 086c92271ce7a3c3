import { hmacSha256 } from "./key-object.ts";
import { ALPHABET } from "./return-code.ts";

/** `<year>-<6 random readable characters>-<check>`: random, so that hidden cases leave no gaps in what others see. */
export function caseNoOf(codeKey: Buffer, year: number, seed: string): string {
  const bytes = hmacSha256(codeKey).update(`number\0${seed}`).digest();
  const values = Array.from(bytes.subarray(0, 6), (b) => b & 31);
  const sum = values.reduce((s, v) => (s * 37 + v + 1) % 31, year % 31);
  const chars = values.map((v) => ALPHABET.charAt(v)).join("");
  return `${year}-${chars}-${ALPHABET.charAt(sum)}`;
}
