import type { LetterDoc, Locale, registrationFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { localTimeOf } from "../../clocks/local-time.ts";
import { frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";
import { anonymityWords, categoryWords, channelWords, personKindWords, severityWords, trackWords } from "../words.ts";

/** D2: the office's own record of what was raised, true to the words of the petitioner [R22:19,22]. */
export function registration(facts: z.output<typeof registrationFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const at = localTimeOf(facts.receivedAt, facts.timeZone);
  const readBack =
    facts.readBack === null
      ? say("书面提出，无须宣读", "raised in writing, no reading back needed")
      : facts.readBack
        ? say("已宣读，信访人确认无误", "read back and confirmed by the petitioner")
        : say("未宣读", "not read back");
  return frame(pen, "D2", facts, {
    addressee: null,
    internal: true,
    blocks: [
      heading(say("一、信访人", "1. Petitioner")),
      {
        kind: "fields",
        rows: rows(
          [
            say("姓名或化名", "Name or alias"),
            facts.petitioner ??
              (facts.anonymity === "anonymous"
                ? say("匿名", "anonymous")
                : say("已登记，本表不载明", "recorded, not shown on this sheet")),
          ],
          [say("署名方式", "Named or anonymous"), of(anonymityWords[facts.anonymity])],
          [say("人员类别", "Kind of person"), facts.personKind && of(personKindWords[facts.personKind])],
          [say("所在单位", "Unit"), facts.petitionerUnit && of(facts.petitionerUnit)],
          [say("联系方式", "Contact"), facts.petitionerContact],
          [say("人数", "Headcount"), String(facts.headcount)],
          [say("代表", "Representatives"), facts.representatives.join(say("、", ", "))],
        ),
      },
      heading(say("二、信访事项", "2. The petition")),
      {
        kind: "fields",
        rows: rows(
          [say("标题", "Subject"), facts.subject],
          [say("收到时间", "Received"), `${date(at.date)} ${at.time}`],
          [say("反映方式", "How it came"), of(channelWords[facts.channel])],
          [say("反映的事实", "Facts stated"), facts.facts],
          [say("理由", "Reasons given"), facts.reasons],
          [say("希望的结果", "Outcome wished for"), facts.desiredOutcome],
          [say("此前反映情况", "Tried before"), facts.triedBefore ?? say("无", "nothing")],
        ),
      },
      {
        kind: "demands",
        items: facts.demands.map((d) => ({
          title: say(`诉求${d.no}`, `Demand ${d.no}`),
          rows: rows([say("内容", "Text"), d.text], [say("希望的结果", "Wish"), d.desiredOutcome]),
        })),
      },
      heading(say("三、登记甄别", "3. Screening")),
      {
        kind: "fields",
        rows: rows(
          [say("类别", "Category"), of(categoryWords[facts.category])],
          [say("主题", "Topics"), facts.topics.map(of).join(say("、", ", "))],
          [say("程度", "Severity"), of(severityWords[facts.severity])],
          [say("拟办程序", "Procedure"), of(trackWords[facts.track])],
          [
            say("涉密检查", "Secrecy check"),
            say("已提示并核对，不含涉密内容", "warning shown and answered: no secret content"),
          ],
          [say("宣读确认", "Read back"), readBack],
          [say("登记人", "Registered by"), facts.clerk],
        ),
      },
      paragraph(
        say(
          "以上内容按信访人原意登记，登记后不得改动，更正另行补记。",
          "Recorded as the petitioner meant it. It is not changed afterwards; corrections are added.",
        ),
      ),
    ],
    signLines: [
      say("登记人（签字）", "Registered by (signature)"),
      say("信访人确认（签字）", "Confirmed by the petitioner (signature)"),
    ],
    summary: [
      say(
        `本表记录了收到的事项、${facts.demands.length}项诉求和登记结果，供办理单位使用。`,
        `This sheet records what was received, the ${facts.demands.length} demands, and how they were registered, for the unit that handles them.`,
      ),
    ],
  });
}
