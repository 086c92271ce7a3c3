/** What stands in the place of covered words; every font has it. */
export const COVER = "×××";

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The words as they may be written: in any case, full or half width, with spaces or line ends between the characters. */
const patternOf = (words: string): string => {
  const forms = (character: string): string => {
    const all = new Set([character, character.normalize("NFKC"), wide(character)]);
    return all.size === 1 ? escaped(character) : `(?:${[...all].map(escaped).join("|")})`;
  };
  return [...words.normalize("NFC")]
    .filter((character) => /\S/u.test(character))
    .map(forms)
    .join("\\s*");
};

const wide = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : character;
};

export type Cover = (text: string) => string;

/** Covers these words in a text, the longer ones first. */
export function coverOf(words: readonly string[]): Cover {
  const patterns = words
    .map(patternOf)
    .filter((pattern) => pattern !== "")
    .toSorted((a, b) => b.length - a.length);
  if (patterns.length === 0) return (text) => text;
  const any = new RegExp(patterns.join("|"), "giu");
  return (text) => text.replace(any, COVER);
}

/** Names of codes, ids and times, which no words of people stand in. */
const CODES =
  /^(?:\$.*|id|.*Id|no|number|code|kind|state|level|type|from|visibility|outcome|grounds|source|at|.*At|.*On|size|scanned)$/;

/** The same value with the words covered in every text of it. */
export function covered<T>(value: T, cover: Cover): T {
  if (typeof value === "string") return cover(value) as T;
  if (Array.isArray(value)) return value.map((one) => covered(one, cover)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      CODES.test(key) && typeof one !== "object" ? one : covered(one, cover),
    ]),
  ) as T;
}
