import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DoorstepError, type LetterDoc } from "@doorstep/contracts";
import * as fontkit from "fontkit";

/** A family letters are set in. A unit may bring its licensed 仿宋 or 小标宋 as TrueType files. */
export interface LetterFonts {
  /** Name under which the family is kept; the same name must always mean the same bytes. */
  readonly name: string;
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

const fontFile = (name: string) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-serif-sc/${name}`));

let standard: LetterFonts | undefined;
/** Noto Serif SC (OFL), read once. */
export function standardFonts(): LetterFonts {
  standard ??= {
    name: "NotoSerifSC",
    regular: readFileSync(fontFile("400Regular/NotoSerifSC_400Regular.ttf")),
    bold: readFileSync(fontFile("700Bold/NotoSerifSC_700Bold.ttf")),
  };
  return standard;
}

interface Measured {
  readonly characters: ReadonlySet<number>;
  /** Natural line height of the face, as part of the font size. */
  readonly lineHeight: number;
}

const measured = new Map<string, Measured>();

/** What the layout must know of a family. */
export function measureFonts(fonts: LetterFonts): Measured {
  const known = measured.get(fonts.name);
  if (known) return known;
  const faces = [fonts.regular, fonts.bold].map((bytes) => fontkit.create(Buffer.from(bytes)));
  const sets: ReadonlySet<number>[] = [];
  let lineHeight = 1;
  for (const face of faces) {
    if (!("characterSet" in face)) throw new RangeError(`${fonts.name} is a collection, not a font`);
    sets.push(new Set(face.characterSet));
    lineHeight = Math.max(lineHeight, (face.ascent - face.descent) / face.unitsPerEm);
  }
  const [regular = new Set<number>(), bold = new Set<number>()] = sets;
  const made = { characters: new Set([...regular].filter((c) => bold.has(c))), lineHeight };
  measured.set(fonts.name, made);
  return made;
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object") for (const inner of Object.values(value)) yield* textsOf(inner);
}

/** Characters of a letter that the family cannot show, each once. */
export const missingGlyphs = (doc: LetterDoc, fonts?: LetterFonts): readonly string[] =>
  missingIn([...textsOf(doc)], fonts);

/** The same for single texts, before there is a letter. */
export function missingIn(texts: readonly string[], fonts: LetterFonts = standardFonts()): readonly string[] {
  const { characters } = measureFonts(fonts);
  const missing = new Set<string>();
  for (const text of texts) {
    for (const character of text) {
      if (character !== "\n" && !characters.has(character.codePointAt(0) ?? 0)) missing.add(character);
    }
  }
  return [...missing];
}

/** @throws DoorstepError `notice.glyphMissing`: a letter with boxes in it must never be sealed. */
export function assertGlyphs(doc: LetterDoc, fonts: LetterFonts): void {
  const missing = missingGlyphs(doc, fonts);
  if (missing.length === 0) return;
  const named = missing
    .slice(0, 5)
    .map((c) => `${c} (U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`);
  throw new DoorstepError("notice.glyphMissing", { character: named.join(", ") });
}
