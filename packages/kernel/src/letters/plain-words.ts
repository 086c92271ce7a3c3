import type { Pen } from "./letter-frame.ts";

/** What a letter tells the petitioner in words of everyday life, always in this order [SPEC §15]. */
export interface PlainWords {
  readonly decided: string;
  readonly why: string;
  readonly can: string;
  readonly until: string;
}

/** Longer reasons are read where they stand; a summary that repeats them is none. */
const MOST = 120;

/** What somebody typed as a sentence, whether or not he ended it. */
export const sentence = ({ say }: Pen, text: string): string =>
  /[.。!！?？]$/.test(text) ? text : `${text}${say("。", ".")}`;

/** A reason in full where it is short. */
export const inShort = (pen: Pen, reason: string): string =>
  reason.length <= MOST && !reason.includes("\n")
    ? sentence(pen, reason)
    : pen.say("理由在上文中逐一写明。", "The reasons are given in the letter above.");

const begun = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** The four parts as paragraphs, each begun by what it answers; `you` is who is written to. */
export const plainly = ({ say }: Pen, words: PlainWords, you = "您"): readonly string[] => [
  say(`结果：${words.decided}`, `What was decided: ${begun(words.decided)}`),
  say(`原因：${words.why}`, `Why: ${begun(words.why)}`),
  say(`${you}可以：${words.can}`, `What you can do: ${begun(words.can)}`),
  say(`期限：${words.until}`, `Until when: ${begun(words.until)}`),
];
