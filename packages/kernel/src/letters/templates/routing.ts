import type { LetterDoc, Locale, transferFacts, whereaboutsFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { contactRows, frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly } from "../plain-words.ts";
import { categoryWords } from "../words.ts";

/** D3: tells the petitioner where it went and what period runs there [R22:23]. */
export function whereabouts(facts: z.output<typeof whereaboutsFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const to = of(facts.toUnit);
  return frame(pen, "D3", facts, {
    blocks: [
      paragraph(
        say(
          `您反映的“${facts.subject}”一事，已于${date(facts.since)}转送${to}。现将有关情况告知如下。`,
          `What you wrote about "${facts.subject}" was passed to ${to} on ${date(facts.since)}.`,
        ),
      ),
      {
        kind: "fields",
        rows: [
          ...rows(
            [say("现由谁负责", "Now in charge"), to],
            [say("转送日期", "Passed on"), date(facts.since)],
            [say("转送理由", "Why"), facts.why],
            [say("告知您的最后日期", "You hear from it by"), date(facts.due.on)],
            [say("期限说明", "How this date comes about"), of(facts.due.sentence)],
          ),
          ...contactRows(pen, facts.toContact).map((r) => ({
            ...r,
            label: say(`对方${r.label}`, `Its ${r.label.toLowerCase()}`),
          })),
        ],
      },
      paragraph(
        say(
          "转送后，您的查询码继续有效，不必重新反映。该单位认为不属于其职责的，须说明理由并经本单位同意后才能退回，在此之前由其负责。",
          "Your code stays valid; you need not write again. If that unit thinks it is not competent it must say why, and it stays responsible until we have agreed to take it back.",
        ),
      ),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(`您的事现在由${to}负责。`, `${to} is now in charge of your matter.`),
      why: inShort(pen, facts.why),
      can: say(
        `不必重新反映，原查询码继续有效；有疑问，可以问${to}，也可以问我们。`,
        `You need not write again, your code stays valid; ask ${to} or us if anything is unclear.`,
      ),
      until: say(
        `最迟${date(facts.due.on)}，${to}会书面告知您。`,
        `by ${date(facts.due.on)} ${to} tells you in writing how it goes on.`,
      ),
    }),
  });
}

/** D4: passes a petition on with no more than the receiving unit may read [R22:22,30]. */
export function transfer(facts: z.output<typeof transferFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const level = facts.confidentiality;
  const marks = {
    1: undefined,
    2: say("信访敏感件·注意保护个人信息", "Sensitive: protect personal data"),
    3: say("检举控告件·严禁转给被检举控告的人员、单位", "Accusation: must not reach the person or unit accused"),
  } as const;
  const mark = marks[level];
  return frame(pen, "D4", facts, {
    addressee: of(facts.toUnit),
    internal: true,
    ...(mark && { mark }),
    blocks: [
      paragraph(
        say(
          `现将${date(facts.receivedOn)}收到的信访事项转送你单位，请依照职责和程序办理。`,
          `We pass on to you a petition received on ${date(facts.receivedOn)}. Please deal with it within your powers and procedures.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("事项编号", "Case no."), facts.caseNo],
          [say("标题", "Subject"), facts.subject],
          [say("类别", "Category"), of(categoryWords[facts.category])],
          [say("保密级别", "Confidentiality"), `C${level}`],
          [say("转送理由", "Reason"), facts.reason],
          [say("依据", "Legal ground"), facts.legalGround],
          [say("书面告知信访人的最后日期", "Tell the petitioner in writing by"), date(facts.due.on)],
          [say("期限说明", "How this date comes about"), of(facts.due.sentence)],
          [
            say("逐级转送", "To be passed on"),
            facts.passOnBy &&
              say(
                `请在${date(facts.passOnBy)}前转送你单位下属有权处理的单位`,
                `by ${date(facts.passOnBy)}, to the unit below you that is in charge`,
              ),
          ],
          [
            say("是否需要报告结果", "Report wanted"),
            facts.reportRequired ? say("需要，办结后报送办结报告", "yes: a conclusion report") : say("不需要", "no"),
          ],
        ),
      },
      heading(say("信访事项内容", "Content of the petition")),
      paragraph(facts.content),
      {
        kind: "demands",
        items: facts.demands.map((d) => ({
          title: say(`诉求${d.no}`, `Demand ${d.no}`),
          rows: rows([say("内容", "Text"), d.text], [say("希望的结果", "Wish"), d.desiredOutcome]),
        })),
      },
      paragraph(
        say(
          "不属于你单位职责的，请自收到之日起5个工作日内提出异议并详细说明理由；经本单位同意后，方可退回。",
          "If it is not within your powers, object within 5 working days of receiving it and give your reasons in detail. It goes back only after we have agreed.",
        ),
      ),
    ],
    closing: say("请予接洽办理。", ""),
    summary: [
      say(
        `请${of(facts.toUnit)}办理这件事，并于${date(facts.due.on)}前书面告知信访人。`,
        `${of(facts.toUnit)} is asked to handle this and to tell the petitioner in writing by ${date(facts.due.on)}.`,
      ),
    ],
  });
}
