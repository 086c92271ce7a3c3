import type { LetterTemplate } from "@doorstep/contracts";
import { localDateOf } from "../clocks/local-time.ts";
import { fontInForce } from "../fonts/read-fonts.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { UnitFacts } from "../pipeline/unit-facts.ts";
import { textInForce } from "../texts/read-texts.ts";
import { revealText } from "../vault/protected-text.ts";
import { contactOf } from "./contact.ts";

/** The unit's own words for this letter as of today, with their version, and its own face; nothing where it has none. */
export function ownLookOf(k: Kernel, issuer: readonly UnitFacts[], code: LetterTemplate) {
  const today = localDateOf(k.now().toISOString(), issuer[0]?.timeZone ?? "Asia/Shanghai");
  const own = textInForce(issuer, code, today);
  const face = fontInForce(issuer, today);
  return {
    ...(own && { wording: { ...own.texts, version: own.version } }),
    ...(face && { font: face.font }),
  };
}

/** What every letter of a case states. The name is kept apart, so letters address "the petitioner". */
export const commonFacts = (
  k: Kernel,
  code: LetterTemplate,
  c: Pick<LoadedCase, "id" | "caseNo" | "title" | "organId">,
  issuer: readonly UnitFacts[],
  number: string | null,
  issuedOn: string | null,
) => ({
  caseNo: c.caseNo,
  subject: revealText(k.keys, c.organId, `cases:${c.id}:title`, c.title),
  number,
  issuedOn,
  unit: issuer[0]?.name ?? { "zh-CN": "信访部门", en: "Petition office" },
  contact: contactOf(issuer),
  timeZone: issuer[0]?.timeZone ?? "Asia/Shanghai",
  addressee: null,
  trackUrl: null,
  ...ownLookOf(k, issuer, code),
});
