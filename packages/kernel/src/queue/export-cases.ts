import { type exportCasesInput, type exportedCases, MOST_EXPORTED_CASES } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordExport } from "../ledger/record-export.ts";
import { listCases } from "./list-cases.ts";

/**
 * What a view shows, in one statement of the list itself, so that nothing is doubled or lost between two pages. The entry
 * holds codes and ids of the filter; it is written before anything is handed out.
 */
export async function exportCases(
  k: Kernel,
  actor: Actor,
  { reason, columns, ...filter }: z.output<typeof exportCasesInput>,
): Promise<z.output<typeof exportedCases>> {
  const { items, nextCursor } = await listCases(k, actor, { ...filter, limit: MOST_EXPORTED_CASES });
  const at = await inChange(k, ledgerActorOf(actor), async (change) => {
    const { unitId, ...codes } = filter;
    await recordExport(change, actor.personId, {
      what: "cases",
      count: items.length,
      reason,
      facts: { ...codes, ...(unitId && { unit: unitId }), columns },
    });
    return change.at;
  });
  return { items, complete: nextCursor === null, by: actor.name, at: at.toISOString() };
}
