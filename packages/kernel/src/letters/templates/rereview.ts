import type { LetterDoc, Locale, rereviewFacts } from "@doorstep/contracts";
import type { z } from "zod";
import { frame, heading, paragraph, penFor, rows } from "../letter-frame.ts";
import { inShort, plainly } from "../plain-words.ts";
import { outcomeWords, reviewOutcomeWords } from "../words.ts";

/** D23: the last decision, two levels above the unit, and that no further review is left [R22:36]. */
export function rereview(facts: z.output<typeof rereviewFacts>, locale: Locale): LetterDoc {
  const pen = penFor(locale);
  const { say, of, date } = pen;
  const outcome = of(reviewOutcomeWords[facts.outcome]);
  return frame(pen, "D23", facts, {
    blocks: [
      paragraph(
        say(
          `您不服${of(facts.reviewUnit)}${date(facts.reviewIssuedOn)}作出的《信访事项复查意见书》（${facts.reviewNumber}），于${date(facts.requestedOn)}向本单位请求复核。本单位指派未参与过该事项的人员进行了复核，现提出复核意见如下。`,
          `On ${date(facts.requestedOn)} you asked us for a re-review of the review opinion of ${of(facts.reviewUnit)} of ${date(facts.reviewIssuedOn)} (${facts.reviewNumber}). Somebody who had not dealt with it before has looked at it again. This is our opinion.`,
        ),
      ),
      {
        kind: "fields",
        rows: rows(
          [say("申请人", "Applicant"), facts.addressee ?? say("信访人", "the petitioner")],
          [say("复查单位", "Body that reviewed"), of(facts.reviewUnit)],
          [say("复核请求", "Request"), facts.request],
          [say("查明的事实", "Facts found"), facts.facts],
          [say("复核结论", "Outcome"), outcome],
          [say("复核意见", "Opinion"), facts.opinion],
          [say("依据", "Basis"), facts.basis],
        ),
      },
      heading(say("各项诉求的最终结论", "What each demand comes to in the end")),
      {
        kind: "demands",
        items: facts.demands.map((d) => ({
          title: say(`诉求${d.no}`, `Demand ${d.no}`),
          rows: rows(
            [say("您的请求", "You asked"), d.text],
            [say("最终结论", "In the end"), of(outcomeWords[d.outcome])],
          ),
        })),
      },
      heading(say("复核为终结程序", "This is final")),
      paragraph(
        say(
          "本复核意见为信访程序的终结意见。对本意见仍然不服，以同一事实和理由再次提出信访请求的，各级单位不再受理；有新的事实的，可以重新提出。依法可以提起诉讼、申请仲裁或者行政复议的，不受本意见影响。",
          "This opinion ends the petition procedure: there is no further review. On the same facts and reasons it is not taken up again; with new facts it can be. Your right to go to court, to arbitration or to another authority by law is not touched.",
        ),
      ),
    ],
    closing: say("特此告知。", ""),
    summary: plainly(pen, {
      decided: say(
        `复核结论是${outcome}。这是最后一次决定，同一件事不再复查复核。`,
        `The outcome of the re-review: ${outcome}. It is the last decision: the matter is not reviewed again.`,
      ),
      why: inShort(pen, facts.basis),
      can: say(
        `有新的事实，可以重新提出；依法可以起诉、仲裁或者复议的，仍然可以。`,
        `With new facts, raise it again; your right to go to court, to arbitration or to another authority by law stays.`,
      ),
      until: say(
        `新的事实随时可以提出；起诉、仲裁、复议按法律规定的期限。`,
        `new facts at any time; court, arbitration and other authorities within the time the law sets.`,
      ),
    }),
  });
}
