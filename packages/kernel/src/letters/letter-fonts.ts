import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DoorstepError, type LetterDoc } from "@doorstep/contracts";
import * as fontkit from "fontkit";

/** One face of letters, with what the layout must know of it. */
export interface Face {
  /** Name under which it is kept; the same name always means the same bytes. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly characters: ReadonlySet<number>;
  /** Natural line height, as part of the font size. */
  readonly lineHeight: number;
}

export function faceOf(name: string, bytes: Uint8Array): Face {
  const font = fontkit.create(Buffer.from(bytes));
  if (!("characterSet" in font)) throw new RangeError(`${name} is a collection, not a font`);
  const lineHeight = (font.ascent - font.descent) / font.unitsPerEm;
  return { name, bytes, characters: new Set(font.characterSet), lineHeight };
}

const standardFace = (folder: string): Face => {
  const file = import.meta.resolve(`@expo-google-fonts/noto-serif-sc/${folder}/NotoSerifSC_${folder}.ttf`);
  return faceOf(`NotoSerifSC-${folder}`, readFileSync(fileURLToPath(file)));
};

/** What letters are set in where a unit has no face of its own, and where its own lacks a character. */
export interface StandardFonts {
  readonly regular: Face;
  readonly bold: Face;
  /** in both */
  readonly characters: ReadonlySet<number>;
  readonly lineHeight: number;
}

let standard: StandardFonts | undefined;
/** Noto Serif SC (OFL), read once. */
export function standardFonts(): StandardFonts {
  if (standard) return standard;
  const [regular, bold] = [standardFace("400Regular"), standardFace("700Bold")];
  standard = {
    regular,
    bold,
    characters: regular.characters.intersection(bold.characters),
    lineHeight: Math.max(1, regular.lineHeight, bold.lineHeight),
  };
  return standard;
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object") for (const inner of Object.values(value)) yield* textsOf(inner);
}

/** Every text in plain data, however deep. */
export const allTexts = (value: unknown): readonly string[] => [...textsOf(value)];

/** Characters that neither the unit's own face nor the platform's can show, each once. */
export function missingIn(texts: readonly string[], own: Face | null = null): readonly string[] {
  const { characters } = standardFonts();
  const missing = new Set<string>();
  for (const text of texts) {
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      if (character !== "\n" && !characters.has(code) && !own?.characters.has(code)) missing.add(character);
    }
  }
  return [...missing];
}

/** The same for a whole letter. What is set in bold is set in the platform's face. */
export const missingGlyphs = (doc: LetterDoc, own: Face | null = null): readonly string[] =>
  missingIn(allTexts(doc), own);

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** @throws DoorstepError `notice.glyphMissing` with the first of them. */
export function assertNoneMissing(missing: readonly string[]): void {
  if (missing.length === 0) return;
  const named = missing.slice(0, 5).map((character) => `${character} (${codeOf(character)})`);
  throw new DoorstepError("notice.glyphMissing", { character: named.join(", ") });
}

/**
 * What a petitioner typed can be changed by nobody, and his letter must be drawn all the same: characters that no font
 * has are named by their number, so that a reader can look them up.
 */
export function withCharactersNamed<T>(value: T, missing: readonly string[]): T {
  if (missing.length === 0) return value;
  if (typeof value === "string")
    return [...value].map((c) => (missing.includes(c) ? `〔${codeOf(c)}〕` : c)).join("") as T;
  if (Array.isArray(value)) return value.map((one) => withCharactersNamed(one, missing)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withCharactersNamed(inner, missing)]),
  ) as T;
}
