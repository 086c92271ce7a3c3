import type { LetterDoc, Locale, withdrawalFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, paragraph, penFor, rows } from "../letter-frame.ts";
import { plainly } from "../plain-words.ts";

/** D25: the petitioner's own wish in his own words, and the time he had to think again. */
export function withdrawal(facts: z.output<typeof withdrawalFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, date } = pen;
  return frame(pen, "D25", facts, {
    blocks: [
      paragraph(
        say(
          `您提出的“${facts.subject}”信访事项，根据您本人的意愿撤回，现将有关情况记录如下。`,
          `The petition "${facts.subject}" is withdrawn by your own wish. This is the record.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("收到信访事项的日期", "Petition received"), date(facts.receivedOn)],
          [say("提出撤回的日期", "Withdrawal asked for"), date(facts.askedOn)],
          [say("本人陈述", "In your own words"), facts.wish],
          [say("冷静期截止", "You could change your mind until"), date(facts.coolOffUntil)],
          [say("撤回日期", "Withdrawn on"), date(facts.withdrawnOn)],
          [
            say("如何生效", "How it took effect"),
            facts.by === "petitioner"
              ? say("冷静期届满后由本人再次确认", "confirmed by you once more after that")
              : say("冷静期届满，本人未取消", "the time passed and you did not undo it"),
          ],
        ),
      },
      paragraph(
        say(
          "撤回由本人通过自己的查询码或者账号提出，本人已表明出于自愿，任何单位和个人不得要求或者诱导撤回。受到压力的，可以随时凭查询码反映，本单位将依法保护。撤回不影响您就新的事实重新提出。",
          "The wish came through your own code or account, and you stated that it is your free will. Nobody may ask or press you to withdraw. If somebody did, tell us with the code at any time: you are protected by law. With new facts you can file again.",
        ),
      ),
    ],
    summary: plainly(pen, {
      decided: say(
        `您的信访事项已按您的意愿撤回，不再办理。`,
        `Your petition is withdrawn as you wished and is not handled any more.`,
      ),
      why: say(
        `您在${date(facts.askedOn)}提出撤回，${facts.by === "petitioner" ? "冷静期后又由您本人确认" : `到${date(facts.coolOffUntil)}没有取消`}。`,
        `You asked for it on ${date(facts.askedOn)} and ${facts.by === "petitioner" ? "confirmed it after the time to think again" : `did not undo it until ${date(facts.coolOffUntil)}`}.`,
      ),
      can: say(
        `有人给您压力的，凭查询码告诉我们；有新的事实，可以重新提出。`,
        `If somebody put pressure on you, tell us with your code; with new facts you can file again.`,
      ),
      until: say(`没有期限，随时可以提出。`, `at any time; there is no last day.`),
    }),
  });
}
