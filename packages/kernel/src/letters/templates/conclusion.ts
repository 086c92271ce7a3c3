import type { conclusionFacts, LetterDoc, Locale, Text } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";
import { plainly } from "../plain-words.ts";
import { outcomeWords } from "../words.ts";

type Facts = z.output<typeof conclusionFacts>;

const howWords: Readonly<Record<Facts["how"], Text>> = {
  reviewLapsed: { "zh-CN": "答复送达后，复查期限届满，未请求复查", en: "replied; no review was asked for in time" },
  agreementPerformed: { "zh-CN": "调解协议已履行", en: "the mediation agreement was performed" },
  reviewed: { "zh-CN": "复查后期限届满，未请求复核", en: "reviewed; no re-review was asked for in time" },
  rereviewed: { "zh-CN": "复核终结", en: "final after re-review" },
};

/** D24: how it was settled and what care goes on [ZJ16:25]. */
export function conclusion(facts: Facts, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  return frame(pen, "D24", facts, {
    addressee: null,
    blocks: [
      paragraph(
        say(
          `“${facts.subject}”信访事项已办理完毕，现将办结情况记录如下。`,
          `The petition "${facts.subject}" has been concluded. This is the record.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("收到日期", "Received"), date(facts.receivedOn)],
          [say("答复日期", "Replied"), date(facts.repliedOn)],
          [say("送达日期", "Delivered"), date(facts.deliveredOn)],
          [say("办结日期", "Concluded"), date(facts.concludedOn)],
          [say("办结方式", "How it was concluded"), of(howWords[facts.how])],
          [say("后续关心和帮扶", "Care that goes on"), facts.openCare ?? say("无", "none")],
          [say("经办人", "Recorded by"), facts.clerk],
        ),
      },
      heading(say("各项诉求的结果", "What became of each demand")),
      {
        kind: "demands",
        items: facts.demands.map((d) => ({
          title: say(`诉求${d.no}：${of(outcomeWords[d.outcome])}`, `Demand ${d.no}: ${of(outcomeWords[d.outcome])}`),
          rows: rows([say("请求", "Demand"), d.text], [say("结果", "Result"), d.result]),
        })),
      },
      paragraph(
        say(
          "有新的事实或者承诺事项未落实的，信访人可以凭查询码要求重新办理。",
          "With new facts, or if a promise is not kept, the petitioner can have it taken up again with the code.",
        ),
      ),
    ],
    signLines: [say("经办人（签字）", "Recorded by (signature)")],
    summary: plainly(pen, {
      decided: say(`这件事已经办结。`, `The matter is concluded.`),
      why: say(`${of(howWords[facts.how])}。`, `${of(howWords[facts.how])}.`),
      can: say(
        `有新的事实，或者答应的事没有落实，凭查询码要求重新办理。`,
        `With new facts, or if a promise is not kept, have it taken up again with your code.`,
      ),
      until: say(`没有期限，有新情况随时可以提出。`, `at any time, whenever there is something new.`),
    }),
  });
}
