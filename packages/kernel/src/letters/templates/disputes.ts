import {
  type designationFacts,
  type LetterDoc,
  type Locale,
  objectionAnswerName,
  type objectionFacts,
} from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";

/** D6: why the unit thinks it is not competent, and what the sender answers [R22:23]. */
export function objection(facts: z.output<typeof objectionFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const { answer } = facts;
  const yes = answer?.agreed === true;
  return frame(pen, "D6", facts, {
    ...(answer && { title: of(objectionAnswerName) }),
    addressee: of(facts.toUnit),
    internal: true,
    blocks: [
      paragraph(
        answer
          ? say(
              `对${date(facts.objectedOn)}提出的异议，经研究，${yes ? "同意收回" : "不同意收回"}。`,
              `The objection of ${date(facts.objectedOn)} was considered: the petition ${yes ? "is taken back" : "is not taken back"}.`,
            )
          : say(
              `${date(facts.sentOn)}转来的信访事项，经研究，本单位认为不属于本单位职责，现提出异议。`,
              `We have considered the petition passed to us on ${date(facts.sentOn)} and object: it is not within our powers.`,
            ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("事项编号", "Case no."), facts.caseNo],
          [say("标题", "Subject"), facts.subject],
          [say("转送日期", "Passed on"), date(facts.sentOn)],
          [say("依据", "Legal ground"), facts.legalGround],
        ),
      },
      heading(say("异议理由", "Reasons of the objection")),
      paragraph(facts.reasons),
      ...(answer ? [heading(say("答复", "Answer")), paragraph(answer.reason)] : []),
      paragraph(
        answer
          ? yes
            ? say(
                "信访事项自即日起由转出单位负责，由其重新确定办理单位；法定期限继续计算。",
                "From today on the sender is responsible again and decides who handles the petition; the legal periods run on.",
              )
            : say(
                "在共同上级指定之前，由收到的单位继续负责；双方仍有争议的，由共同上级指定。",
                "The receiving unit stays responsible. If the dispute goes on, the common superior names the unit in charge.",
              )
          : say(
              "在转出单位同意之前，信访事项仍由收到的单位负责，法定期限继续计算。",
              "Until the sender agrees the receiving unit stays responsible, and the legal periods run on.",
            ),
      ),
    ],
    closing: "",
    summary: [
      answer
        ? say(
            yes ? "同意收回这件事，由本单位重新确定办理单位。" : "不同意收回，这件事仍由原接收单位负责办理。",
            yes ? "It is taken back and goes to another unit." : "It is not taken back; the receiving unit handles it.",
          )
        : say(
            "收到的单位认为不归自己管，请转出单位答复。",
            "The receiving unit thinks it is not competent and asks the sender to answer.",
          ),
    ],
  });
}

/** D7: the common superior ends the dispute [R22:24]. */
export function designation(facts: z.output<typeof designationFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const unit = of(facts.designated);
  return frame(pen, "D7", facts, {
    addressee: unit,
    internal: true,
    blocks: [
      paragraph(
        say(
          `关于“${facts.subject}”一事的办理单位，有关单位意见不一致。经研究，现指定${unit}办理。`,
          `The units concerned do not agree on who is in charge of "${facts.subject}". ${unit} is named to handle it.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("指定办理单位", "Unit in charge"), unit],
          [say("原持有单位", "Held before by"), of(facts.formerHolder)],
          [say("理由", "Reason"), facts.reason],
          [say("依据", "Legal ground"), facts.legalGround],
          [say("书面告知信访人的最后日期", "Tell the petitioner in writing by"), date(facts.due.on)],
          [say("期限说明", "How this date comes about"), of(facts.due.sentence)],
        ),
      },
      paragraph(
        say(
          "本指定为最终决定，被指定的单位不得再提出异议，不得推诿。",
          "This ends the dispute: the unit named cannot object again and must not pass the matter on.",
        ),
      ),
    ],
    closing: "",
    summary: [say(`经共同上级指定，这件事由${unit}负责办理。`, `${unit} is in charge of this matter.`)],
  });
}
