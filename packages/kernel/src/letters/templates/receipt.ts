import type { LetterDoc, Locale, receiptFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { localTimeOf } from "../../clocks/local-time.ts";
import { frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";
import { plainly } from "../plain-words.ts";
import { anonymityWords, channelWords, type Say } from "../words.ts";

const nextSteps = (say: Say, due: string) =>
  [
    say(
      `本单位最迟于${due}书面告知您是否受理、由谁办理、办理到什么时候。`,
      `By ${due} at the latest we tell you in writing whether it is accepted, who handles it and until when.`,
    ),
    say(
      "不属于本单位职责的，将转送有权处理的单位，并告知您去向；依法应当通过其他途径解决的，将告知您具体途径和期限。",
      "If another unit is competent, it is passed on and you are told where it went. If the law provides another procedure, you are told which one and its time limit.",
    ),
    say(
      "无论结果如何，您都会得到答复。答复后，您可以评价；对处理意见不服的，可以请求复查。",
      "Whatever the outcome, you get an answer. Then you can rate it, and ask for a review of a handling opinion.",
    ),
  ].join("\n");

/** The rights card of SPEC §2.1 [SD15:12; SH18:14; R22:29]. */
const rights = (say: Say) =>
  [
    say(
      "如实反映情况，提出建议、意见或者请求，可以委托代理人；",
      "to say what happened and what you ask for, and to have somebody act for you;",
    ),
    say("陈述事实和理由，对不利于您的说法作出申辩；", "to be heard, and to answer what is said against you;"),
    say(
      "认为经办人员与事项有利害关系的，申请其回避；",
      "to ask that a person with an interest of his own does not deal with it;",
    ),
    say("查询办理进展，获得书面答复；", "to follow the progress and to get a written answer;"),
    say("个人信息和隐私受到保护；", "to have your privacy protected;"),
    say("提出的建议有利于改进工作的，受到鼓励和奖励。", "to be rewarded for a suggestion that improves our work."),
  ].join("\n");

/** [R22:19,20,26] */
const duties = (say: Say) =>
  [
    say("内容真实，不捏造、歪曲事实，不诬告、陷害他人；", "be truthful, slander nobody;"),
    say("依法有序反映，遵守接待秩序；", "keep to the law and to good order;"),
    say(
      "到有权处理的单位反映；多人走访的推选代表，代表不超过5人。",
      "go to the competent unit; a group that comes in person sends at most five representatives.",
    ),
  ].join("\n");

/** D1: what was received, what happens next, and the rights card [R22:17-20,26; SPEC §2.1]. */
export function receipt(facts: z.output<typeof receiptFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const at = localTimeOf(facts.receivedAt, facts.timeZone);
  const due = date(facts.due.on);
  return frame(pen, "D1", facts, {
    returnCode: facts.returnCode,
    blocks: [
      paragraph(
        say(
          `您反映的“${facts.subject}”一事，本单位已经收到并登记。现将有关事项告知如下。`,
          `We have received and recorded what you wrote about "${facts.subject}". This is what you should know.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("事项编号", "Case no."), facts.caseNo],
          [say("收到时间", "Received"), `${date(at.date)} ${at.time}`],
          [say("反映方式", "How it came"), of(channelWords[facts.channel])],
          [say("署名方式", "Named or anonymous"), of(anonymityWords[facts.anonymity])],
          [
            say("材料", "Material"),
            say(
              `${facts.pages}页，附件${facts.attachments}件`,
              `${facts.pages} ${facts.pages === 1 ? "page" : "pages"}, ${facts.attachments} ${facts.attachments === 1 ? "file" : "files"}`,
            ),
          ],
          [say("告知是否受理的最后日期", "We tell you whether it is accepted by"), due],
          [say("期限说明", "How this date comes about"), of(facts.due.sentence)],
        ),
      },
      heading(say("接下来会怎样，您有哪些权利", "What happens next, and your rights")),
      {
        kind: "fields",
        rows: rows(
          [say("接下来", "What happens next"), nextSteps(say, due)],
          [say("您的权利", "Your rights"), rights(say)],
          [say("请您配合", "Your duties"), duties(say)],
          [
            say("不得打击报复", "No retaliation"),
            say(
              `任何单位和个人不得因您反映问题而打击报复。如果遇到，请立即联系：${facts.retaliationHotline}。`,
              `No unit and no person may treat you worse for writing to us. If it happens, tell us at once: ${facts.retaliationHotline}.`,
            ),
          ],
        ),
      },
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(`我们收到了您的反映，已经登记。`, `We have your petition, and it is recorded.`),
      why: say(
        `向我们反映的每一件事都必须登记并答复。`,
        `To write to us is your right; whatever comes in must be recorded and answered.`,
      ),
      can: say(
        `凭查询码随时查看进展、补充材料、与我们联系。`,
        `look at the progress, add material and write to us with your code at any time.`,
      ),
      until: say(`最迟${due}，我们告诉您是否受理。`, `by ${due} we tell you whether it is accepted.`),
    }),
  });
}
