import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { UnitFacts } from "../pipeline/unit-facts.ts";
import { revealText } from "../vault/protected-text.ts";
import { contactOf } from "./contact.ts";

/** What every letter of a case states. The name is kept apart, so letters address "the petitioner". */
export const commonFacts = (
  k: Kernel,
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
});
