/** A title longer than this is cut on most lists. */
export const TITLE_LENGTH = 30;

const sentenceEnd = /[。！？!?；;\n\r]|\.(?=\s|$)/;
const pause = /[，,、：:]/g;

/** The characters as people count them: a letter with its accents, an emoji, is one. */
function charactersOf(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text), (part) => part.segment);
}

/**
 * Proposes a title from the first sentence of the story: whole if it is short, else cut at a pause or a word and
 * marked, never in the middle of a character.
 */
export function proposeTitle(story: string): string {
  const lines = story.trim().replace(/[ \t]+/g, " ");
  const first = (lines.split(sentenceEnd).find((part) => part.trim() !== "") ?? "").trim();
  const characters = charactersOf(first);
  if (characters.length <= TITLE_LENGTH) return first;
  const cut = characters.slice(0, TITLE_LENGTH).join("");
  const pauses = [...cut.matchAll(pause)].map((match) => match.index);
  const space = cut.lastIndexOf(" ");
  const end = Math.max(pauses.at(-1) ?? -1, space);
  return `${(end > cut.length / 2 ? cut.slice(0, end) : cut).trim()}…`;
}
