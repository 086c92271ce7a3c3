import type { acceptanceFacts, LetterDoc, Locale } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, list, paragraph, penFor, rows } from "../letter-frame.ts";
import { plainly } from "../plain-words.ts";
import { trackWords } from "../words.ts";

/** D8: what was accepted, who handles it how and until when, and what the petitioner may do meanwhile [R22:23,31,34]. */
export function acceptance(facts: z.output<typeof acceptanceFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  return frame(pen, "D8", facts, {
    blocks: [
      paragraph(
        say(
          `您反映的“${facts.subject}”一事，本单位于${date(facts.receivedOn)}收到（${of(facts.receivedFrom)}）。经审查，属于本单位职责范围，决定自${date(facts.acceptedOn)}起予以受理。`,
          `We received what you wrote about "${facts.subject}" on ${date(facts.receivedOn)} (${of(facts.receivedFrom)}). It is within our powers and is accepted as of ${date(facts.acceptedOn)}.`,
        ),
      ),
      heading(say("受理的诉求", "What is accepted")),
      {
        kind: "table",
        columns: [
          { title: say("序号", "No."), share: 0.12 },
          { title: say("诉求", "Demand"), share: 0.88 },
        ],
        rows: facts.demands.map((d) => [String(d.no), d.text]),
      },
      heading(say("由谁办理、何时答复", "Who handles it, and until when")),
      {
        kind: "fields",
        rows: rows(
          [say("承办部门", "Handled by"), of(facts.handlerOffice)],
          [say("办理程序", "Procedure"), of(trackWords[facts.track])],
          [say("答复的最后日期", "Answer by"), date(facts.due.on)],
          [say("期限说明", "How this date comes about"), of(facts.due.sentence)],
        ),
      },
      heading(say("办理期间您可以", "While it is handled you may")),
      list([
        say("申请与事项有利害关系的人员回避；", "ask that a person with an interest of his own does not deal with it;"),
        say("补充事实、理由和证据，当面陈述意见；", "add facts, reasons and evidence, and be heard;"),
        say("事项重大、复杂、疑难的，申请听证；", "ask for a hearing where the matter is serious, complex or hard;"),
        say(
          "与对方自愿接受调解，调解不影响您请求复查或者依法起诉；",
          "agree to mediation; it takes nothing away from your right to a review or to go to court;",
        ),
        say("随时查询办理进展。", "look at the progress at any time."),
      ]),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(
        `您的${facts.demands.length}项诉求已经受理，由${of(facts.handlerOffice)}办理。`,
        `Your ${facts.demands.length === 1 ? "demand has" : `${facts.demands.length} demands have`} been accepted. ${of(facts.handlerOffice)} handles ${facts.demands.length === 1 ? "it" : "them"}.`,
      ),
      why: say(`这件事属于本单位的职责范围。`, `The matter is within our powers.`),
      can: say(
        `补充材料、当面陈述、申请有关人员回避，随时查询进展。`,
        `Add material, be heard, ask that somebody with an interest stays out of it, and look at the progress.`,
      ),
      until: say(`最迟${date(facts.due.on)}给您书面答复。`, `you have our answer in writing by ${date(facts.due.on)}.`),
    }),
  });
}
