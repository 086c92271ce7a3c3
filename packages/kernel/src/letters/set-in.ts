import { type Face, standardFonts } from "./letter-fonts.ts";

/** What a part of a layout takes over from the parts around it. */
interface Style {
  readonly bold: boolean;
  readonly lineHeight: number;
}

type Part = Readonly<Record<string, unknown>>;
const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null;
/** Where a layout holds further parts. */
const INNER = ["stack", "columns", "table", "body"];

/** Pieces of a text by the face they are set in; white space goes with what stands before it where that face has it. */
function piecesOf(text: string, isOwn: (code: number) => boolean) {
  const pieces: { text: string; own: boolean }[] = [];
  for (const character of text) {
    const last = pieces.at(-1);
    const mine = isOwn(character.codePointAt(0) ?? 0) && !(/\s/.test(character) && last?.own === false);
    if (last?.own === mine) last.text += character;
    else pieces.push({ text: character, own: mine });
  }
  return pieces;
}

/**
 * Sets a layout in a unit's own face, character by character; what the face lacks stays in the platform's. A unit has
 * one face, so what is bold stays in the platform's wherever that can show it. Lines keep their height either way.
 */
export function setIn<T>(layout: T, own: Face, outer: Style = { bold: false, lineHeight: 1 }): T {
  if (Array.isArray(layout)) return layout.map((part) => setIn(part, own, outer)) as T;
  if (!isPart(layout)) return layout;
  const bold = typeof layout.bold === "boolean" ? layout.bold : outer.bold;
  const lineHeight = typeof layout.lineHeight === "number" ? layout.lineHeight : outer.lineHeight;
  if (typeof layout.text === "string") {
    const standard = standardFonts();
    const isOwn = (code: number) => own.characters.has(code) && !(bold && standard.characters.has(code));
    const inOwn = { font: own.name, lineHeight: (lineHeight * standard.lineHeight) / own.lineHeight };
    return {
      ...layout,
      text: piecesOf(layout.text, isOwn).map((piece) => ({ text: piece.text, ...(piece.own && inOwn) })),
    } as T;
  }
  return Object.fromEntries(
    Object.entries(layout).map(([key, value]) => [
      key,
      INNER.includes(key) ? setIn(value, own, { bold, lineHeight }) : value,
    ]),
  ) as T;
}
