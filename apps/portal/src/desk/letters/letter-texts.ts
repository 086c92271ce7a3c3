import type { LetterBlock, LetterDoc } from "@doorstep/contracts";

type Texts = readonly (readonly [place: string, text: string])[];
interface Row {
  readonly label: string;
  readonly value: string;
}

const rowTexts = (rows: readonly Row[], place: string): Texts =>
  rows.map((row) => [`${place}.${row.label}`, row.value]);

function blockTexts(block: LetterBlock, place: string): Texts {
  switch (block.kind) {
    case "heading":
      return [[place, block.text]];
    case "paragraph":
      return block.text.split("\n").map((line, index) => [`${place}.${index}`, line]);
    case "list":
      return block.items.map((item, index) => [`${place}.${index}`, item]);
    case "fields":
      return rowTexts(block.rows, place);
    case "demands":
      return block.items.flatMap((item, index) => rowTexts(item.rows, `${place}.${index}`));
    case "table":
      return block.rows.flatMap((row, at) => row.map((cell, index) => [`${place}.${at}.${index}`, cell] as const));
  }
}

/** The texts of a letter by the place where the sheet writes them, so that two versions can be laid side by side. */
export function letterTexts(doc: LetterDoc): ReadonlyMap<string, string> {
  return new Map([
    ...doc.blocks.flatMap((block, index) => blockTexts(block, `${index}.${block.kind}`)),
    ...doc.summary.paragraphs.map((paragraph, index) => [`summary.${index}`, paragraph] as const),
  ]);
}
