import type { conclusionReportFacts, LetterBlock, LetterDoc, Locale } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, list, type Pen, paragraph, penFor, rows } from "../letter-frame.ts";
import { outcomeWords } from "../words.ts";

type Facts = z.output<typeof conclusionReportFacts>;

function opening({ say }: Pen, facts: Facts): LetterBlock {
  return paragraph(
    facts.about === "assignment"
      ? say(
          `你单位交办的“${facts.subject}”信访事项已经办结，现将办理情况报告如下。`,
          `The petition "${facts.subject}", which you assigned to us, has been settled. This is our report.`,
        )
      : say(
          "关于打击报复情况的反映已经查结，现将查办情况报告如下。",
          "A report of retaliation has been looked into. This is what was found and done.",
        ),
  );
}

const answers = ({ say, of }: Pen, facts: Facts): readonly LetterBlock[] =>
  facts.demands.length === 0
    ? []
    : [
        heading(say("各项诉求的处理", "What became of each demand")),
        {
          kind: "demands",
          items: facts.demands.map((d) => ({
            title: say(`诉求${d.no}：${of(outcomeWords[d.outcome])}`, `Demand ${d.no}: ${of(outcomeWords[d.outcome])}`),
            rows: rows(
              [say("请求", "Demand"), d.text],
              [say("查明的事实", "Facts found"), d.facts],
              [say("处理意见", "Opinion"), d.opinion],
              [say("依据", "Basis"), d.basis],
            ),
          })),
        },
      ];

/** D31: how it was handled, what came out, how the petitioner took it, and whether it is carried out [R22:22(3)]. */
export function conclusionReport(facts: Facts, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const { delivery, finding } = facts;
  const results = rows(
    [say("查明的结论", "Finding"), finding && of(finding.outcome)],
    [say("查明的情况", "What was found"), finding?.text],
    [say("送达方式", "Handed over"), delivery && `${of(delivery.method)}${say("，", ", ")}${date(delivery.on)}`],
    [say("送达凭据", "Proof"), delivery?.proof],
    [say("信访人的态度", "How the petitioner took it"), facts.attitude],
    [say("落实情况", "Carried out"), facts.execution],
  );
  return frame(pen, "D31", facts, {
    addressee: facts.toUnit && of(facts.toUnit),
    internal: true,
    ...(facts.about === "retaliation" && {
      mark: say("严禁转给被反映的人员、单位", "Must not reach the person or unit concerned"),
    }),
    blocks: [
      opening(pen, facts),
      heading(say("办理过程", "Course")),
      list(facts.process.map((step) => `${date(step.on)}${say("：", ": ")}${of(step.what)}`)),
      ...answers(pen, facts),
      heading(say("结果和落实", "Result")),
      { kind: "fields", rows: results },
    ],
    closing: say("特此报告。", ""),
    summary: [
      facts.about === "assignment"
        ? say(
            "交办的事项已经办结，答复已送达信访人。办理过程、结果和落实情况写在上面，供交办单位审查。",
            "The assigned petition is settled and the petitioner has his reply. Course, result and execution are written above, for the unit that assigned it.",
          )
        : say(
            "打击报复的反映已经查结。查办过程和结论写在上面，供上级机构审查。",
            "The report of retaliation is concluded. Course and finding are written above, for the organ above.",
          ),
    ],
  });
}
