import { DoorstepError } from "@doorstep/contracts";
import * as fontkit from "fontkit";
import { composeLetter } from "../letters/compose-letter.ts";
import { faceOf } from "../letters/letter-fonts.ts";
import { renderLetter } from "../letters/render-letter.ts";
import { sampleFacts } from "../letters/sample-facts.ts";

/** A complete Chinese face has ten to twenty megabytes. */
export const MAX_FONT_MB = 24;

/** Tables without which nothing can be drawn or embedded. */
const NEEDED = ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2", "post"];
const TRUETYPE = [0x00010000, 0x74727565];
/** Pieces of the work between which others get their turn. */
const AT_ONCE = 500;
const NAME_MAX = 100;

export interface CheckedFont {
  readonly name: string;
  /** how many it can show */
  readonly characters: number;
}

type Tables = Readonly<Record<string, unknown>>;
const isSingle = (font: fontkit.Font | fontkit.FontCollection): font is fontkit.Font => "characterSet" in font;

function opened(bytes: Buffer): fontkit.Font {
  if (bytes.length < 12 || !TRUETYPE.includes(bytes.readUInt32BE(0))) throw new DoorstepError("font.notTrueType");
  const font = fontkit.create(bytes);
  if (!isSingle(font)) throw new DoorstepError("font.notTrueType");
  const { tables } = (font as unknown as { readonly directory: { readonly tables: Tables } }).directory;
  if (NEEDED.some((table) => !(table in tables))) throw new DoorstepError("font.damaged");
  return font;
}

/** Takes every glyph out, as a letter does with those it uses: a damaged one is found now, and not in somebody's letter. */
async function assertWhole(font: fontkit.Font): Promise<void> {
  const codes = font.characterSet;
  for (let n = 0; n < codes.length; n += AT_ONCE) {
    const subset = font.createSubset();
    for (const code of codes.slice(n, n + AT_ONCE)) subset.includeGlyph(font.glyphForCodePoint(code));
    subset.encode();
    await new Promise(setImmediate);
  }
}

/** Sets a whole letter in it, since a file can be in order and yet not go into a PDF. */
async function assertDrawable(name: string, bytes: Uint8Array): Promise<void> {
  const doc = composeLetter("D8", sampleFacts.D8, "zh-CN");
  await renderLetter(doc, { own: faceOf(name, bytes), now: new Date(0) });
}

const printable = (name: string): string =>
  name
    .toWellFormed()
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .slice(0, NAME_MAX);

/**
 * Whether a file is a TrueType face that letters can be set in: complete, and by its maker's own mark open to be
 * embedded, in part, in documents.
 *
 * @param hash names the face wherever it is used
 * @throws DoorstepError `font.notTrueType`, `font.damaged`, `font.restricted`
 */
export async function checkFont(hash: string, bytes: Uint8Array): Promise<CheckedFont> {
  try {
    const font = opened(Buffer.from(bytes));
    const { fsType } = font["OS/2"];
    // fontkit names bit 1 (restricted licence) `noEmbedding`; parts of a face are embedded, never pictures of it
    if (fsType.noEmbedding || fsType.noSubsetting || fsType.bitmapOnly) throw new DoorstepError("font.restricted");
    const name = printable(font.fullName || font.familyName || font.postscriptName || "");
    const height = (font.ascent - font.descent) / font.unitsPerEm;
    if (!name || font.characterSet.length === 0 || !(height > 0.5 && height < 4))
      throw new DoorstepError("font.damaged");
    await assertWhole(font);
    await assertDrawable(hash, bytes);
    return { name, characters: font.characterSet.length };
  } catch (error) {
    throw error instanceof DoorstepError ? error : new DoorstepError("font.damaged");
  }
}
