import type {
  DemandOutcome,
  LetterBlock,
  LetterDoc,
  Locale,
  opinionFacts,
  replyFacts,
  reviewFacts,
} from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, type Pen, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly } from "../plain-words.ts";
import { categoryWords, outcomeWords, replyKindWords, reviewOutcomeWords, trackWords } from "../words.ts";

type Remedy = z.output<typeof opinionFacts>["remedy"];

/** The answer in the handler's plain words comes before the sentence that every such letter has [SPEC §15]. */
const ownWords = (summary: string | undefined): readonly string[] => (summary === undefined ? [] : [summary]);

/** Names the body one level above and the time, as every decision must [R22:35]. */
function remedyBlocks(pen: Pen, remedy: Remedy, kind: "opinion" | "reply" | "review"): readonly LetterBlock[] {
  const { say, of } = pen;
  const unit = of(remedy.unit);
  const where = remedy.address ? say(`（地址：${remedy.address}）`, ` (${remedy.address})`) : "";
  const act = kind === "review" ? say("复核", "re-review") : say("复查", "review");
  const paper = {
    opinion: say("本处理意见", "this opinion"),
    reply: say("本答复", "this reply"),
    review: say("本复查意见", "this review opinion"),
  }[kind];
  return [
    heading(say("不服时的救济途径", "If you do not agree")),
    paragraph(
      say(
        `如对${paper}不服，您可以自收到之日起${remedy.days}日内，向${unit}${where}书面请求${act}；可以当面、邮寄提出，也可以凭查询码在网上提出。因正当理由迟延的，请一并说明。`,
        `If you do not agree with ${paper}, you can ask ${unit}${where} for a ${act} within ${remedy.days} days of receiving it: in person, by post, or online with your code. If you are late for a good reason, say which.`,
      ),
    ),
  ];
}

/** A promise: the petitioner is asked to sign it off when it is kept [R22:32]. */
const promiseWords = (pen: Pen, promise: { readonly owner: string; readonly dueOn: string } | undefined) =>
  promise &&
  pen.say(
    `${promise.owner}，${pen.date(promise.dueOn)}前；落实后请您确认`,
    `${promise.owner}, by ${pen.date(promise.dueOn)}; you are asked to confirm it when it is done`,
  );

interface Answered {
  readonly no: number;
  readonly outcome: DemandOutcome;
  readonly promise?: { readonly owner: string; readonly dueOn: string } | undefined;
}

/** What became of each demand, by its number. */
const results = (pen: Pen, demands: readonly Answered[]): string =>
  demands
    .map((d) =>
      pen.say(`第${d.no}项${pen.of(outcomeWords[d.outcome])}`, `no. ${d.no} ${pen.of(outcomeWords[d.outcome])}`),
    )
    .join(pen.say("，", ", "));

/** The ground of each decision, by the number of its demand; said once where it is the same for all. */
function bases(pen: Pen, demands: readonly { readonly no: number; readonly basis?: string | undefined }[]): string {
  const grounds = demands.flatMap(({ no, basis }) => (basis ? [{ no, basis: basis.replace(/[。.]$/, "") }] : []));
  const all = [...new Set(grounds.map(({ basis }) => basis))];
  if (all.length === 0) return pen.say("理由写在每一项答复里。", "The reasons are given with each item above.");
  const said =
    all.length === 1
      ? (all[0] ?? "")
      : grounds.map(({ no, basis }) => pen.say(`第${no}项，${basis}`, `no. ${no}: ${basis}`)).join(pen.say("；", "; "));
  return inShort(pen, pen.say(`${said}。`, `${said}.`));
}

/** Who does what by when, where the letter promises something. */
const nextSteps = (pen: Pen, demands: readonly Answered[]): string =>
  demands
    .map(({ no, promise }) =>
      promise
        ? pen.say(
            `第${no}项由${promise.owner}落实，最迟${pen.date(promise.dueOn)}；落实后请您确认。`,
            ` ${promise.owner} carries out no. ${no} by ${pen.date(promise.dueOn)} at the latest; then you are asked to confirm it.`,
          )
        : "",
    )
    .join("");

/** D14: facts, opinion, ground and execution for every demand, and the remedy [R22:32,35]. */
export function opinion(facts: z.output<typeof opinionFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  return frame(pen, "D14", facts, {
    blocks: [
      paragraph(
        say(
          `您提出的“${facts.subject}”信访事项，本单位于${date(facts.receivedOn)}收到，${date(facts.acceptedOn)}受理，按${of(trackWords[facts.track])}办理。本单位${facts.heardOn ? `于${date(facts.heardOn)}听取了您的陈述，` : ""}对有关事实进行了调查核实，现逐项提出处理意见如下。`,
          `We received your petition "${facts.subject}" on ${date(facts.receivedOn)} and accepted it on ${date(facts.acceptedOn)} (${of(trackWords[facts.track])}). We have ${facts.heardOn ? `heard you on ${date(facts.heardOn)} and ` : ""}established the facts. This is our opinion on each of your demands.`,
        ),
      ),
      {
        kind: "demands",
        items: facts.demands.map((d) => ({
          title: say(`诉求${d.no}：${of(outcomeWords[d.outcome])}`, `Demand ${d.no}: ${of(outcomeWords[d.outcome])}`),
          rows: rows(
            [say("您的请求", "You asked"), d.text],
            [say("查明的事实", "Facts found"), d.facts],
            [say("主要证据", "Evidence"), d.evidence],
            [say("处理意见", "Opinion"), d.opinion],
            [say("依据", "Basis"), d.basis],
            [say("落实措施", "Carried out how and when"), d.steps],
            [say("责任岗位和期限", "Who answers for it, and by when"), promiseWords(pen, d.promise)],
          ),
        })),
      },
      ...remedyBlocks(pen, facts.remedy, "opinion"),
    ],
    closing: say("特此告知。", ""),
    summary: [
      ...ownWords(facts.plainSummary),
      ...plainly(pen, {
        decided: say(
          `您的诉求共${facts.demands.length}项：${results(pen, facts.demands)}。`,
          `You asked for ${facts.demands.length === 1 ? "one thing" : `${facts.demands.length} things`}: ${results(pen, facts.demands)}.`,
        ),
        why: bases(pen, facts.demands),
        can: say(
          `不同意的，请${of(facts.remedy.unit)}复查；同意的，可以评价这次办理。`,
          `If you disagree, ask ${of(facts.remedy.unit)} for a review; if you agree, you can rate how it was handled.`,
        ),
        until: say(
          `请求复查最迟在收到之日起${facts.remedy.days}日内。${nextSteps(pen, facts.demands)}`,
          `ask for a review within ${facts.remedy.days} days of receiving this at the latest.${nextSteps(pen, facts.demands)}`,
        ),
      }),
    ],
  });
}

/** D16: reply to a suggestion, feedback on an accusation, or a simple answer [R22:29,30]. */
export function reply(facts: z.output<typeof replyFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const kind = of(replyKindWords[facts.replyKind]);
  return frame(pen, "D16", facts, {
    ...(facts.category === "accusation" && { mark: say("检举控告反馈件", "Feedback on an accusation") }),
    blocks: [
      paragraph(
        say(
          `您于${date(facts.receivedOn)}提出的“${facts.subject}”（${of(categoryWords[facts.category])}）收悉。感谢您的信任。现答复如下。`,
          `Thank you for what you sent us on ${date(facts.receivedOn)} about "${facts.subject}" (${of(categoryWords[facts.category])}). This is our reply.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("答复方式", "Kind of reply"), kind],
          [say("办理机关", "Handled by"), facts.handledBy && of(facts.handledBy)],
        ),
      },
      {
        kind: "demands",
        items: facts.demands.map((d) => ({
          title: say(`第${d.no}项：${of(outcomeWords[d.outcome])}`, `Item ${d.no}: ${of(outcomeWords[d.outcome])}`),
          rows: rows(
            [say("您的意见", "You wrote"), d.text],
            [say("答复", "Reply"), d.opinion],
            [say("依据", "Basis"), d.basis],
            [say("完成时间", "By when"), d.byWhen],
          ),
        })),
      },
      ...(facts.remedy ? remedyBlocks(pen, facts.remedy, "reply") : []),
    ],
    closing: say("此复。", ""),
    summary: [
      ...ownWords(facts.plainSummary),
      ...plainly(pen, {
        decided: say(
          `对您的${facts.demands.length}项意见：${results(pen, facts.demands)}（${kind}）。`,
          `On the ${facts.demands.length === 1 ? "point" : `${facts.demands.length} points`} you raised: ${results(pen, facts.demands)} (${kind}).`,
        ),
        why: bases(pen, facts.demands),
        can: say(
          `评价这次答复；还有疑问，联系上述部门${facts.remedy ? `；不同意的，请${of(facts.remedy.unit)}复查` : ""}。`,
          `Rate this reply; if anything stays open, ask the office named here${facts.remedy ? `; if you disagree, ask ${of(facts.remedy.unit)} for a review` : ""}.`,
        ),
        until: say(
          `${facts.remedy ? `请求复查最迟在收到之日起${facts.remedy.days}日内。` : "有疑问随时可以提出。"}${nextSteps(pen, facts.demands)}`,
          `${facts.remedy ? `ask for a review within ${facts.remedy.days} days of receiving this at the latest.` : "ask at any time."}${nextSteps(pen, facts.demands)}`,
        ),
      }),
    ],
  });
}

/** D22: first review, one level up by somebody who had not dealt with it [R22:35]. */
export function review(facts: z.output<typeof reviewFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const outcome = of(reviewOutcomeWords[facts.outcome]);
  return frame(pen, "D22", facts, {
    blocks: [
      paragraph(
        say(
          `您不服${of(facts.originalUnit)}${date(facts.originalIssuedOn)}作出的《信访事项处理意见书》（${facts.originalNumber}），于${date(facts.requestedOn)}向本单位请求复查。本单位指派未参与过该事项的人员进行了复查，现提出复查意见如下。`,
          `On ${date(facts.requestedOn)} you asked us to review the handling opinion of ${of(facts.originalUnit)} of ${date(facts.originalIssuedOn)} (${facts.originalNumber}). Somebody who had not dealt with it before has reviewed it. This is our opinion.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("申请人", "Applicant"), facts.addressee ?? say("信访人", "the petitioner")],
          [say("原办理单位", "Unit reviewed"), of(facts.originalUnit)],
          [say("复查请求", "Request"), facts.request],
          [say("复查结论", "Outcome"), outcome],
          [say("重新办理的最后日期", "To be decided again by"), facts.redoBy && date(facts.redoBy)],
        ),
      },
      {
        kind: "demands",
        items: facts.demands.map((d) => ({
          title: say(`诉求${d.no}`, `Demand ${d.no}`),
          rows: rows(
            [say("您的请求", "You asked"), d.text],
            [say("查明的事实", "Facts found"), d.facts],
            [say("复查意见", "Opinion"), d.opinion],
            [say("依据", "Basis"), d.basis],
          ),
        })),
      },
      ...(facts.outcome === "quashed"
        ? [
            paragraph(
              say(
                `${of(facts.originalUnit)}应当更换承办人重新办理，不得以同一事实和理由作出与原处理意见相同的处理意见。`,
                `${of(facts.originalUnit)} must decide again through another person, and may not give the same opinion on the same facts and reasons.`,
              ),
            ),
          ]
        : []),
      ...remedyBlocks(pen, facts.remedy, "review"),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(`复查结论是${outcome}。`, `The outcome of the review: ${outcome}.`),
      why: bases(pen, facts.demands),
      can: say(
        `不同意的，请${of(facts.remedy.unit)}复核。`,
        `If you disagree, ask ${of(facts.remedy.unit)} for a re-review.`,
      ),
      until: say(
        `请求复核最迟在收到之日起${facts.remedy.days}日内。${facts.redoBy ? `原单位最迟${date(facts.redoBy)}重新作出决定。` : ""}`,
        `ask for a re-review within ${facts.remedy.days} days of receiving this at the latest.${facts.redoBy ? ` The unit decides again by ${date(facts.redoBy)}.` : ""}`,
      ),
    }),
  });
}
