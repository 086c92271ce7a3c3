import {
  DoorstepError,
  type LetterDoc,
  type LetterFacts,
  type LetterTemplate,
  type Locale,
  letterDoc,
  letterFacts,
} from "@doorstep/contracts";
import { readableFacts } from "./readable-text.ts";
import { acceptance } from "./templates/acceptance.ts";
import { agreement } from "./templates/agreement.ts";
import { conclusion } from "./templates/conclusion.ts";
import { conclusionReport } from "./templates/conclusion-report.ts";
import { opinion, reply, review } from "./templates/decisions.ts";
import { designation, objection } from "./templates/disputes.ts";
import { joined, refusedRepeat, routeNotice } from "./templates/ends.ts";
import { extension } from "./templates/extension.ts";
import { moduleLetter } from "./templates/module-letter.ts";
import { protection } from "./templates/protection.ts";
import { receipt } from "./templates/receipt.ts";
import { registration } from "./templates/registration.ts";
import { rereview } from "./templates/rereview.ts";
import { transfer, whereabouts } from "./templates/routing.ts";
import { signOff } from "./templates/sign-off.ts";
import { urging } from "./templates/urging.ts";
import { withdrawal } from "./templates/withdrawal.ts";

/** Reads facts by their schema and hands them to the template; one line a document keeps both of one type. */
const compose: { readonly [C in LetterTemplate]: (facts: unknown, locale: Locale) => LetterDoc } = {
  D1: (facts, locale) => receipt(letterFacts.D1.parse(facts), locale),
  D2: (facts, locale) => registration(letterFacts.D2.parse(facts), locale),
  D3: (facts, locale) => whereabouts(letterFacts.D3.parse(facts), locale),
  D4: (facts, locale) => transfer(letterFacts.D4.parse(facts), locale),
  D6: (facts, locale) => objection(letterFacts.D6.parse(facts), locale),
  D7: (facts, locale) => designation(letterFacts.D7.parse(facts), locale),
  D8: (facts, locale) => acceptance(letterFacts.D8.parse(facts), locale),
  D9: (facts, locale) => routeNotice(letterFacts.D9.parse(facts), locale),
  D11: (facts, locale) => joined(letterFacts.D11.parse(facts), locale),
  D12: (facts, locale) => refusedRepeat(letterFacts.D12.parse(facts), locale),
  D13: (facts, locale) => extension(letterFacts.D13.parse(facts), locale),
  D14: (facts, locale) => opinion(letterFacts.D14.parse(facts), locale),
  D16: (facts, locale) => reply(letterFacts.D16.parse(facts), locale),
  D18: (facts, locale) => agreement(letterFacts.D18.parse(facts), locale),
  D20: (facts, locale) => signOff(letterFacts.D20.parse(facts), locale),
  D22: (facts, locale) => review(letterFacts.D22.parse(facts), locale),
  D23: (facts, locale) => rereview(letterFacts.D23.parse(facts), locale),
  D24: (facts, locale) => conclusion(letterFacts.D24.parse(facts), locale),
  D27: (facts, locale) => urging(letterFacts.D27.parse(facts), locale),
  D25: (facts, locale) => withdrawal(letterFacts.D25.parse(facts), locale),
  D31: (facts, locale) => conclusionReport(letterFacts.D31.parse(facts), locale),
  DM: (facts, locale) => moduleLetter(letterFacts.DM.parse(facts), locale),
  D30: (facts, locale) => protection(letterFacts.D30.parse(facts), locale),
};

/** Paths of the facts that are missing or not valid; empty when the letter can be written. */
export function letterProblems(code: LetterTemplate, facts: unknown): readonly string[] {
  const parsed = letterFacts[code].safeParse(facts);
  return parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.path.join(".") || "facts"))];
}

/**
 * Writes a letter as plain data. Pure: the same facts give the same letter in either language.
 *
 * @throws DoorstepError `notice.fieldMissing` with the paths of what is missing.
 */
export function composeLetter<C extends LetterTemplate>(code: C, facts: LetterFacts<C>, locale: Locale): LetterDoc {
  const clean = readableFacts(facts, locale);
  const problems = letterProblems(code, clean);
  if (problems.length > 0)
    throw new DoorstepError("notice.fieldMissing", { notice: code, fields: problems.join(", ") });
  return letterDoc.parse(withoutEmptyClosing(compose[code](clean, locale)));
}

/** English letters end with the signature alone. */
const withoutEmptyClosing = (doc: LetterDoc): LetterDoc => (doc.closing === "" ? { ...doc, closing: null } : doc);
