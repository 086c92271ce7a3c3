import type { LetterDoc, Locale, moduleLetterFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, penFor } from "../letter-frame.ts";
import { plainly, sentence } from "../plain-words.ts";

/** What a module has written, in the frame of every letter: number, unit, seal, contact and plain words are the kernel's. */
export function moduleLetter(facts: z.output<typeof moduleLetterFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { blocks, closing, signLines, plain } = facts.letter[locale];
  return frame(pen, "DM", facts, {
    title: pen.of(facts.title),
    blocks,
    ...(closing !== undefined && { closing }),
    signLines,
    summary: plainly(pen, {
      decided: sentence(pen, plain.decided),
      why: sentence(pen, plain.why),
      can: sentence(pen, plain.can),
      until: sentence(pen, plain.until),
    }),
  });
}
