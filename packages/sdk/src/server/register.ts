import { daysOfRegister, type Id, type RegisterDays } from "@doorstep/contracts";
import type { CapabilityApi, Unit } from "../capabilities.ts";
import { dayOf } from "../days.ts";

export { registerDays } from "@doorstep/contracts";

/**
 * The days, both included, that a register is of: those asked with `registerDays`, else this year until today.
 *
 * @since 0.1
 */
export const daysAsked = (
  { now, unit }: { readonly now: string; readonly unit: Pick<Unit, "timeZone"> },
  asked: RegisterDays,
): { readonly from: string; readonly to: string } => daysOfRegister(dayOf(now, unit.timeZone), asked);

const AT_ONCE = 2_000;

/**
 * The numbers of those of some petitions that the asker may see: a line of a register about any other is left out.
 *
 * @since 0.1
 */
export async function caseNumbers(
  cases: Pick<CapabilityApi["cases.read"]["cases"], "get" | "visible">,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, string>> {
  const ids = [...new Set(caseIds)];
  const numbers = new Map<Id, string>();
  for (let at = 0; at < ids.length; at += AT_ONCE)
    for (const id of await cases.visible(ids.slice(at, at + AT_ONCE))) {
      const petition = await cases.get(id);
      if (petition) numbers.set(id, petition.caseNo);
    }
  return numbers;
}
