import type { joinedFacts, LetterDoc, Locale, refusedRepeatFacts, routeNoticeFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly, sentence } from "../plain-words.ts";

/** D9: another body is competent; which, where, in what time [R22:31]. */
export function routeNotice(facts: z.output<typeof routeNoticeFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, date } = pen;
  const { confirmation } = facts;
  return frame(pen, "D9", facts, {
    blocks: [
      paragraph(
        say(
          `您反映的“${facts.subject}”一事，依法应当由${facts.body}办理。现将程序告知如下。`,
          `The matter "${facts.subject}" is by law for ${facts.body}. This is how to go on.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("由谁办理", "Competent body"), facts.body],
          [say("地址", "Address"), facts.address],
          [say("电话", "Telephone"), facts.phone],
          [say("那里的期限", "Time limit there"), facts.timeLimit],
          [
            say("对方确认收到", "Receipt confirmed"),
            confirmation && [confirmation.by, date(confirmation.on), confirmation.proof].join(say("，", ", ")),
          ],
          [say("本单位联系帮助人", "Who helps you here"), facts.helper],
        ),
      },
      heading(say("为什么走这条途径", "Why it goes there")),
      paragraph(facts.why),
      paragraph(
        say(
          "请注意：那里的期限照常计算，不因来信来访而停止。您不同意本告知的，可以凭查询码向上一级提出。",
          "Please note: the time limits there run on and do not stop because you wrote to us. If you do not agree, you can say so to the level above with your code.",
        ),
      ),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(
        `这件事依法由${facts.body}办理，不由我们决定。`,
        `By law ${facts.body} deals with this, and not we.`,
      ),
      why: inShort(pen, facts.why),
      can: say(
        `到${facts.address}办理${facts.phone ? `，电话${facts.phone}` : ""}；不同意的，凭查询码向上一级提出。`,
        `Turn to ${facts.body}, ${facts.address}${facts.phone ? `, telephone ${facts.phone}` : ""}; if you do not agree, tell the level above with your code.`,
      ),
      until: say(
        `${sentence(pen, facts.timeLimit)}那里的期限不因来信而停止。`,
        `${sentence(pen, facts.timeLimit)} The time there does not stop because you wrote to us.`,
      ),
    }),
  });
}

/** D11: the same matter is being handled already; it is answered there, under the main number [R22:19]. */
export function joined(facts: z.output<typeof joinedFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const { mainDueOn, contestUnit } = facts;
  return frame(pen, "D11", facts, {
    blocks: [
      paragraph(
        say(
          `您再次反映的“${facts.subject}”一事，与正在办理的${facts.mainCaseNo}号事项是同一件事，仍在规定的办理期限之内，本件不另行受理，并入该事项一并办理和答复。`,
          `"${facts.subject}" is the same matter as case ${facts.mainCaseNo}, which is being handled within its time. It is not accepted a second time: it is joined to that case and answered there.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("并入的事项", "Main case"), facts.mainCaseNo],
          [say("办理单位", "Handled by"), of(facts.mainUnit)],
          [say("答复期限", "To be answered by"), mainDueOn && date(mainDueOn)],
          [say("理由", "Reason"), facts.reason],
          [say("依据", "Legal ground"), say("《信访工作条例》第十九条", "Regulations on Petition Work, Art. 19")],
          [say("已转入的新情况", "New facts passed on"), facts.newFacts],
        ),
      },
      paragraph(
        say(
          "用本件的查询码也可以查看并入的事项和它的答复。",
          "With the code of this petition you can also look at the main case and its reply.",
        ),
      ),
      ...(contestUnit
        ? [
            paragraph(
              say(
                `不同意的，可以凭查询码向${of(contestUnit)}提出异议，由其在十个工作日内决定。`,
                `If you do not agree, contest this with your code; ${of(contestUnit)} decides within ten working days.`,
              ),
            ),
          ]
        : []),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(
        `这件事不另行受理，并入正在办理的${facts.mainCaseNo}号事项，一起办理和答复。`,
        `It is not accepted a second time but joined to case ${facts.mainCaseNo}, and answered there.`,
      ),
      why: inShort(pen, facts.reason),
      can: say(
        `凭本件的查询码也能看到那里的进展和答复${contestUnit ? `；不同意的，凭查询码向${of(contestUnit)}提出异议` : ""}。`,
        `Follow the main case with the code of this petition${contestUnit ? `; if you do not agree, contest this before ${of(contestUnit)} with your code` : ""}.`,
      ),
      until: say(
        `${mainDueOn ? `最迟${date(mainDueOn)}答复` : "答复的日期以该事项的告知为准"}。`,
        `${mainDueOn ? `the answer is due by ${date(mainDueOn)}` : "the answer comes when the main case says"}.`,
      ),
    }),
  });
}

/** D12: finished for good; what counts as new, and what help goes on [R22:36,37]. */
export function refusedRepeat(facts: z.output<typeof refusedRepeatFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say } = pen;
  return frame(pen, "D12", facts, {
    blocks: [
      paragraph(
        say(
          `您反映的“${facts.subject}”一事，与已经终结的${facts.mainCaseNo}号事项事实和理由相同，不再受理。`,
          `"${facts.subject}" has the same facts and reasons as case ${facts.mainCaseNo}, which is closed for good. It is not taken up again.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("已终结的事项", "Closed case"), facts.mainCaseNo],
          [say("理由", "Reason"), facts.reason],
          [say("依据", "Legal ground"), say("《信访工作条例》第三十六条", "Regulations on Petition Work, Art. 36")],
          [say("继续提供的帮助", "Help that goes on"), facts.help],
        ),
      },
      paragraph(
        say(
          "有新的事实、新的证据，或者答应的事项没有落实的，可以凭查询码要求重新办理。",
          "With new facts or new evidence, or if something promised was not done, you can have it taken up again with your code.",
        ),
      ),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(
        `这件事此前已经终结，这次不再受理；但仍为您提供帮助：${sentence(pen, facts.help)}`,
        `This matter was closed before and is not taken up again; help goes on: ${sentence(pen, facts.help)}`,
      ),
      why: inShort(pen, facts.reason),
      can: say(
        `有新的事实、新的证据，或者答应的事没有落实，凭查询码要求重新办理。`,
        `With new facts or evidence, or if a promise was not kept, have it taken up again with your code.`,
      ),
      until: say(`没有期限，有新情况随时可以提出。`, `at any time, whenever there is something new.`),
    }),
  });
}
