import type { extensionFacts, LetterDoc, Locale } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly } from "../plain-words.ts";

/** D13: more time, once, by the head of the unit, with the reason [R22:34]. */
export function extension(facts: z.output<typeof extensionFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  return frame(pen, "D13", facts, {
    blocks: [
      paragraph(
        say(
          `您反映的“${facts.subject}”一事，因情况复杂，不能在原定期限内办结。经本单位负责人批准，现延长办理期限。`,
          `The matter "${facts.subject}" is complex and cannot be settled in the time first set. The head of this unit has granted more time.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("原办结日期", "First set for"), date(facts.formerDueOn)],
          [say("延长天数", "Days added"), String(facts.days)],
          [say("新的办结日期", "Now due on"), date(facts.due.on)],
          [say("期限说明", "How this date comes about"), of(facts.due.sentence)],
          [say("延长理由", "Why"), facts.reason],
          [say("批准人", "Granted by"), facts.approver],
        ),
      },
      paragraph(
        say(
          "办理期限只能延长一次。到期仍未办结的，上一级单位将自动收到提醒并督办。",
          "The time can be extended only once. If it passes, the unit above is told by itself and urges the matter.",
        ),
      ),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(`办理时间延长${facts.days}天。`, `The time to handle it is extended by ${facts.days} days.`),
      why: inShort(pen, facts.reason),
      can: say(`继续补充材料，随时查询进展。`, `Go on adding material, and look at the progress at any time.`),
      until: say(
        `最迟${date(facts.due.on)}给您正式答复，只能延长这一次。`,
        `you get the formal answer by ${date(facts.due.on)}; it cannot be extended again.`,
      ),
    }),
  });
}
