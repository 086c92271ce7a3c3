import { assertInReach, type InName, partyOf } from "../case-data/open-to-module.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { type Suggestion, suggestion } from "./suggest.ts";

/**
 * Suggests an act in somebody's name, or the unit's: the kernel's guards are asked at once, and again when it is done.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`, `proposal.actUnknown`; `act.refused` with every reason
 */
export async function suggestAct(k: Kernel, name: InName, caseId: string, what: Suggestion): Promise<void> {
  await assertInReach(k, name, caseId);
  await execute(k, suggestion, { caseId, key: k.newId(), party: partyOf(name) }, what);
}
