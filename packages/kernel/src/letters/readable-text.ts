import type { Locale } from "@doorstep/contracts";

// Pictures a keyboard inserts: no letter font has them, and a receipt must not fail because of one.
const pictures = /\p{RGI_Emoji}|\p{Emoji_Presentation}/gv;
// Marks without a shape of their own; they would count as missing glyphs.
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

// A Chinese face sets curly quotation marks and apostrophes a full square wide, which tears English words apart.
const narrow: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{Script=Han})[\u2018\u2019](?!\p{Script=Han})/gu, "'"],
  [/(?<!\p{Script=Han})[\u201C\u201D](?!\p{Script=Han})/gu, '"'],
];

/** Text as somebody typed it, ready for paper: composed, without control characters, pictures named. */
export function readable(text: string, locale: Locale): string {
  const picture = locale === "zh-CN" ? "〔表情〕" : "[emoji]";
  const quoted = locale === "en" ? narrow.reduce((t, [mark, plain]) => t.replace(mark, plain), text) : text;
  return quoted
    .normalize("NFC")
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(pictures, picture)
    .replace(invisible, "")
    .replace(/[\t\u00A0]/g, " ")
    .replace(/\p{Cc}/gu, (c) => (c === "\n" ? c : ""))
    .replace(/\n{2,}/g, "\n")
    .trim();
}

/** Cleans every text of a letter's facts, however deep it stands; bilingual texts each in their own language. */
export function readableFacts<T>(facts: T, locale: Locale): T {
  if (typeof facts === "string") return readable(facts, locale) as T;
  if (Array.isArray(facts)) return facts.map((f) => readableFacts(f, locale)) as T;
  if (facts === null || typeof facts !== "object") return facts;
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, readableFacts(value, locale)])) as T;
}
