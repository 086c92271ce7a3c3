import type { LetterDoc, Locale, moduleLetterFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, type Pen, penFor } from "../letter-frame.ts";
import { plainly, sentence } from "../plain-words.ts";

type Facts = z.output<typeof moduleLetterFacts>;

/** Between units nobody is a petitioner, and there may be no petition at all. */
const betweenUnits = ({ say, of }: Pen, { toUnit, caseNo }: Facts) =>
  toUnit && {
    caseNo: toUnit.ofPetition ? caseNo : say("不涉及具体信访事项", "belongs to no petition"),
    body: {
      addressee: of(toUnit.name),
      internal: true,
      ...(!toUnit.ofPetition && { hint: say("本文书供收发单位使用。", "For the two units.") }),
    },
  };

/** What a module has written, in the frame of every letter: number, unit, seal, contact and plain words are the kernel's. */
export function moduleLetter(facts: Facts, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { addressee, blocks, closing, signLines, plain } = facts.letter[locale];
  const between = betweenUnits(pen, facts);
  return frame(pen, "DM", between ? { ...facts, caseNo: between.caseNo } : facts, {
    ...(addressee !== undefined && { addressee, internal: true }),
    ...between?.body,
    title: pen.of(facts.title),
    blocks,
    ...(closing !== undefined && { closing }),
    signLines,
    summary: plainly(
      pen,
      {
        decided: sentence(pen, plain.decided),
        why: sentence(pen, plain.why),
        can: sentence(pen, plain.can),
        until: sentence(pen, plain.until),
      },
      between || addressee !== undefined ? "贵单位" : undefined,
    ),
  });
}
