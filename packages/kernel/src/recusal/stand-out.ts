import { states } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";
import { type Conflict, conflictRows, conflictsSince } from "./conflicts.ts";

const finding: SideAct = {
  act: "standOut",
  from: states,
  to: "same",
  who: [{ role: "system", at: "anywhere" }],
  guards: [],
  clocks: [],
  entry: "recusal.found",
};

/** A check has found a conflict later than the registration: whoever handles the case is its handler no more. */
const find: Command<{ readonly found: readonly Conflict[] }, { readonly ok: true }> = {
  act: finding,
  decide(_k, loaded, s, { found }) {
    const c = loaded.case;
    const isOut = found.some((one) => one.personId === c.handlerId);
    return {
      result: { ok: true },
      // who it is, is no matter of the ledger: kinship is told to nobody
      facts: { found: found.length, handlerOut: isOut },
      ...(isOut && { patch: { handlerId: null } }),
      rows: { recusals: conflictRows(c.id, s.now.toISOString(), found) },
    };
  },
};

/** Takes these people out of the case, by the system. */
export const standOut = (k: Kernel, caseId: string, found: readonly Conflict[]): Promise<{ readonly ok: true }> =>
  execute(k, find, { caseId, key: `standOut:${k.newId()}`, party: { kind: "system" } }, { found });

/** Somebody has moved, or has other duties: from now on he stands out where that brings him into conflict. */
export async function standOutSince(k: Kernel, personId: string): Promise<void> {
  for (const caseId of await conflictsSince(k, personId)) await standOut(k, caseId, [{ personId, ground: "position" }]);
}
