import type { LetterDoc, Locale, urgingFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, list, paragraph, penFor, rows } from "../letter-frame.ts";

/** D27: a period was missed; the unit above urges the unit that is late [R22:40; SPEC §12]. */
export function urging(facts: z.output<typeof urgingFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  return frame(pen, "D27", facts, {
    addressee: of(facts.toUnit),
    internal: true,
    blocks: [
      paragraph(
        facts.step > 1
          ? say(
              `第${facts.step}次督办：前次督办逾期未复，现由上一级单位再次督办。`,
              `Urged for time no. ${facts.step}: the earlier letter was not answered in time, so the next unit above urges.`,
            )
          : say(
              "你单位承办的下列信访事项已超过期限，现予督办。",
              "Your unit has missed a period in the petition below and is urged to act.",
            ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("事项编号", "Case no."), facts.caseNo],
          [say("标题", "Subject"), facts.subject],
          [say("超过的期限", "Period missed"), of(facts.period)],
          [say("期满日期", "Last day"), date(facts.dueOn)],
          [say("期限说明", "How this date comes about"), of(facts.sentence)],
          [
            say("发现日期", "Noticed on"),
            facts.noticedOn &&
              say(
                `${date(facts.noticedOn)}（此前系统未运行，现补办；超期仍自期满之日起算）`,
                `${date(facts.noticedOn)} (the system was not running before; it is late since its last day all the same)`,
              ),
          ],
          [say("书面答复的最后日期", "Answer in writing by"), date(facts.answerBy)],
        ),
      },
      heading(say("请做以下事情", "What to do")),
      list([
        say("立即依规办理，并将结果告知信访人。", "Act at once as the rules say, and tell the petitioner."),
        say("书面答复超期原因和改正措施。", "Answer in writing why it is late and what you do about it."),
      ]),
      paragraph(
        say(
          `逾期不答复的，由再上一级单位再次督办。督办记录不能删除，答复之前该事项不能终结。${facts.forLeader ? "本函同时报上级单位负责人。" : ""}`,
          `Without an answer the next unit above urges again. This stays on record, and the matter cannot become final before it is answered.${facts.forLeader ? " The leader of the unit above is told." : ""}`,
        ),
      ),
    ],
    closing: "",
    summary: [
      say(
        `这件事超过了期限。请在${date(facts.answerBy)}前说明原因并抓紧办理。`,
        `This matter is late. Say why by ${date(facts.answerBy)}, and get on with it.`,
      ),
    ],
  });
}
