import { bigramText } from "../queue/bigrams.ts";

/** What of a petition can be found by words. */
export interface CaseTexts {
  readonly title: string;
  readonly body: string;
  readonly demands: readonly { readonly text: string; readonly answer: string }[];
}

/** PostgreSQL keeps at most 1 MB of one `tsvector`; nobody searches for the end of a longer text. */
const MOST_CHARACTERS = 200_000;

/** The text as it is indexed. Parts stand apart, so that no phrase runs from one into the next. */
export const caseDocument = (texts: CaseTexts): string =>
  [texts.title, texts.body, ...texts.demands.flatMap((d) => [d.text, d.answer])]
    .filter((part) => part !== "")
    .map((part) => bigramText(part.slice(0, MOST_CHARACTERS)))
    .join("\n¶\n");
