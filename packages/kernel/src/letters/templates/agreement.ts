import type { agreementFacts, LetterDoc, Locale } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly } from "../plain-words.ts";

/** D18: what the parties have agreed on, as they signed it [PM:29]. */
export function agreement(facts: z.output<typeof agreementFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, date } = pen;
  const { performance, confirmDays } = facts;
  const performed = performance
    ? say(`${performance.by}，${date(performance.on)}前`, `${performance.by}, by ${date(performance.on)}`)
    : say("签订时已经履行", "carried out when it was signed");
  return frame(pen, "D18", facts, {
    addressee: null,
    blocks: [
      paragraph(
        say(
          `就“${facts.subject}”信访事项，当事人双方自愿接受调解，于${date(facts.signedOn)}达成如下协议。`,
          `In the petition "${facts.subject}" the parties took part in mediation of their own free will and agreed on ${date(facts.signedOn)} on what follows.`,
        ),
      ),
      heading(say("所涉诉求", "Demands that it settles")),
      ...facts.demands.map((d) => paragraph(`${d.no}. ${d.text}`)),
      {
        kind: "fields",
        rows: rows(
          [say("当事人", "Parties"), facts.parties],
          [say("主要事实", "Main facts"), facts.facts],
          [say("争议事项", "What was in dispute"), facts.dispute],
          [say("各方责任", "Responsibility of each party"), facts.responsibilities],
          [say("协议内容", "What is agreed"), facts.terms],
          [say("履行方式", "How it is carried out"), facts.mode],
          [say("履行人和期限", "By whom and when"), performed],
          [say("依据", "Basis"), facts.basis],
          [say("调解人", "Mediator"), facts.mediator],
        ),
      },
      paragraph(
        say(
          "本协议自双方签名之日起生效，双方应当按照约定履行。一方不履行，或者对协议内容、履行情况发生争议的，可以要求重新办理，也可以依法向人民法院起诉。",
          "The agreement takes effect on the day both parties have signed it, and both carry it out. If one party does not, or they disagree about it, the petition can be taken up again, and either may go to court.",
        ),
      ),
      ...(confirmDays === null
        ? []
        : [
            paragraph(
              say(
                `协议内容属于民事权利义务的，双方认为有必要，可以自协议生效之日起${confirmDays}日内共同向人民法院申请司法确认。`,
                `Where it concerns civil rights and duties, both parties may together ask a court to confirm it within ${confirmDays} days of its taking effect.`,
              ),
            ),
          ]),
      paragraph(
        say(
          "本协议由双方当事人、调解人各执一份，单位留存一份。",
          "Each party and the mediator keep one copy; the unit keeps one.",
        ),
      ),
    ],
    signLines: [
      say("当事人签名：", "Signature of a party:"),
      say("当事人签名：", "Signature of a party:"),
      say("调解人签名：", "Signature of the mediator:"),
    ],
    summary: plainly(pen, {
      decided: say(`双方已经谈妥：${inShort(pen, facts.terms)}`, `Both sides agreed: ${inShort(pen, facts.terms)}`),
      why: say("双方自愿调解，都签了名。", "Both took part of their own free will and signed."),
      can: say(
        "对方没有照办的，凭查询码告诉我们，也可以依法起诉；对单位的答复不服的，照样可以申请复查。",
        "If the other side does not keep to it, tell us with your code, or go to court; you can still ask for a review of the unit's reply.",
      ),
      until: performance
        ? say(
            `${performance.by}最迟${date(performance.on)}履行。`,
            `${performance.by} carries it out by ${date(performance.on)}.`,
          )
        : say("签订时已经履行。", "it was carried out when it was signed."),
    }),
  });
}
