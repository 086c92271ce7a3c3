const HAN_RUN = /\p{Script=Han}+/gu;
const OTHER = /[^\p{Script=Han}]+/gu;

const pairs = (run: string): readonly string[] => {
  const chars = [...run];
  return chars.length === 1 ? chars : chars.slice(1).map((c, i) => `${chars[i]}${c}`);
};

/** Text as it is indexed: Han as overlapping pairs (two characters are a word), the rest as it is for the English stemmer. */
export const bigramText = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(HAN_RUN, (run) => ` ${pairs(run).join(" ")} `)
    .replaceAll("\0", " ");

const quoted = (lexeme: string): string => `'${lexeme.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;

export interface TextQuery {
  /** pairs of one run stand side by side; a tsquery as text, empty where nothing Han was asked */
  readonly han: string;
  /** words of other scripts, for the stemmer that made the index */
  readonly words: string;
}

export function textQuery(q: string): TextQuery {
  const text = q.normalize("NFKC").replaceAll("\0", " ");
  const han = (text.match(HAN_RUN) ?? []).map((run) => {
    const found = pairs(run);
    return [...run].length === 1 ? `${quoted(run)}:*` : `(${found.map(quoted).join(" <-> ")})`;
  });
  const words = (text.match(OTHER) ?? []).join(" ").match(/[\p{L}\p{N}]+/gu) ?? [];
  return { han: han.join(" & "), words: words.join(" ") };
}
