import type { LetterDoc, Locale, signOffFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, paragraph, penFor, rows } from "../letter-frame.ts";

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
    summary: [
      byHimself
        ? say(
            "您已确认这项承诺落实了。问题再次出现时，可以要求重新办理。",
            "You confirmed that the promise was kept. If the trouble comes back, it can be taken up again.",
          )
        : say(
            "单位记录这项承诺已经落实，理由写在上面。您不同意的，可以要求重新办理。",
            "The unit recorded that the promise was kept, for the reason above. If you disagree, you can have it taken up again.",
          ),
    ],
  });
}
