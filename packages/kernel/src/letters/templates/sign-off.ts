import type { LetterDoc, Locale, signOffFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly } from "../plain-words.ts";

/** D20: what was promised, how it was done, and who confirmed that [PLA20]. */
export function signOff(facts: z.output<typeof signOffFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, date } = pen;
  const byHimself = facts.confirmedBy === "petitioner";
  return frame(pen, "D20", facts, {
    blocks: [
      paragraph(
        say(
          `“${facts.subject}”信访事项中作出的下列承诺已经落实，现予确认销号。`,
          `The promise below, made in the petition "${facts.subject}", has been kept. This is the record.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("承诺内容", "Promise"), facts.promise],
          [
            say("对应诉求", "For the demand"),
            facts.demand && say(`${facts.demand.no}. ${facts.demand.text}`, `${facts.demand.no}. ${facts.demand.text}`),
          ],
          [say("责任岗位", "Who answered for it"), facts.owner],
          [say("承诺期限", "Promised by"), date(facts.dueOn)],
          [say("落实情况和凭据", "What was done, and the proof"), facts.evidence],
          [say("确认日期", "Confirmed on"), date(facts.doneOn)],
          [
            say("确认方式", "How it was confirmed"),
            byHimself
              ? say("信访人在本人页面确认", "by the petitioner on his own page")
              : say("由另一名工作人员复核并记明理由", "by a second officer, with the reason"),
          ],
          [say("理由", "Reason"), facts.reason],
          [say("复核人", "Second officer"), facts.officer],
        ),
      },
      paragraph(
        say(
          "承诺落实后又出现同样问题的，信访人可以凭查询码要求重新办理。",
          "If the same trouble comes back, the petitioner can have it taken up again with the code.",
        ),
      ),
    ],
    summary: plainly(pen, {
      decided: say("这项承诺已经落实，予以销号。", "The promise was kept and is signed off."),
      why: byHimself
        ? say("您本人已经确认。", "You confirmed it yourself.")
        : inShort(pen, facts.reason ?? facts.evidence),
      can: byHimself
        ? say(
            "问题再次出现时，凭查询码要求重新办理。",
            "If the trouble comes back, have it taken up again with your code.",
          )
        : say(
            "不同意，或者问题再次出现时，凭查询码要求重新办理。",
            "If you disagree, or the trouble comes back, have it taken up again with your code.",
          ),
      until: say("没有期限，随时可以提出。", "at any time; there is no last day."),
    }),
  });
}
