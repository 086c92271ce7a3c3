import { diffWords } from "diff";

export interface DiffPart {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Chinese has no spaces between words, so the words come from the browser's own dictionary. */
const words = new Intl.Segmenter("zh", { granularity: "word" });

/** What was taken out and what was put in, word by word. */
export function wordDiff(before: string, after: string): readonly DiffPart[] {
  return diffWords(before, after, { intlSegmenter: words }).map((change) => ({
    kind: change.added ? "added" : change.removed ? "removed" : "same",
    text: change.value,
  }));
}

/** Whether anything but white space differs. */
export const differs = (parts: readonly DiffPart[]): boolean => parts.some((part) => part.kind !== "same");
