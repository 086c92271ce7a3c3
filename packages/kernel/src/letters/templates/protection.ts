import type { LetterDoc, Locale, ProtectionMeasure, protectionFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly } from "../plain-words.ts";

const measures: Readonly<Record<ProtectionMeasure, readonly [zh: string, en: string]>> = {
  movePower: [
    "有关人员对您的管理权改由他人行使",
    "the person concerned no longer decides about you, but somebody else",
  ],
  freezeAct: ["所反映的处理暂停执行", "what was ordered against you is put on hold"],
  changeHandler: ["更换承办人员", "somebody else handles your matter"],
  contactPerson: ["为您指定联系人", "you have a contact person"],
};

/** D30: what protects somebody who was treated worse for a petition, from when, until when, whom to call [SPEC §12.4]. */
export function protection(facts: z.output<typeof protectionFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, date } = pen;
  const ordered = facts.measures.map((m) => say(...measures[m]));
  return frame(pen, "D30", facts, {
    blocks: [
      paragraph(
        ordered.length > 0
          ? say(
              "对您反映的打击报复情况，现决定采取以下保护措施。",
              "For what you reported, these measures protect you from now on.",
            )
          : say(
              "对您反映的打击报复情况，经研究暂不采取保护措施，理由如下。",
              "No measure is ordered for what you reported. The reasons follow.",
            ),
      ),
      {
        kind: "fields",
        rows: rows(
          ...(ordered.length > 0 ? [[say("保护措施", "Measures"), ordered.join(say("；", "; "))] as const] : []),
          [say("说明", "What this means"), facts.text],
          [say("起始日期", "From"), date(facts.from)],
          [
            say("截止日期", "Until"),
            facts.till ? date(facts.till) : say("另行通知前一直有效", "until you are told otherwise"),
          ],
          [say("联系人", "Contact"), facts.contactPerson],
        ),
      },
      paragraph(
        say(
          "如再遇到威胁、刁难或其他不公对待，请随时用原查询码或账号告知，我们会重新处理。",
          "If you are threatened or treated worse again, say so with the same code or account at any time; it begins anew.",
        ),
      ),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided:
        ordered.length > 0
          ? say(`已为您采取保护措施：${ordered.join("；")}。`, `Measures protect you: ${ordered.join("; ")}.`)
          : say("暂不采取保护措施。", "No measure is ordered."),
      why:
        ordered.length > 0
          ? say("您反映因为来信受到了不公对待。", "You reported that you were treated worse for your petition.")
          : inShort(pen, facts.text),
      can: say(
        `联系${facts.contactPerson}；再遇到威胁、刁难，用原查询码或账号告诉我们。`,
        `Call ${facts.contactPerson}; if you are threatened or treated worse again, tell us with the same code or account.`,
      ),
      until: facts.till
        ? say(`${date(facts.from)}至${date(facts.till)}。`, `from ${date(facts.from)} until ${date(facts.till)}.`)
        : say(
            `${date(facts.from)}起，另行通知前一直有效；新的情况随时可以告诉我们。`,
            `from ${date(facts.from)} until you are told otherwise; tell us of anything new at any time.`,
          ),
    }),
  });
}
