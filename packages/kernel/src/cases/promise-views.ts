import type { PromiseView } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { places, shelterOf } from "./reveal.ts";

/** What was promised, in plain words; released ones are told, too, so that nothing vanishes. */
export function promisesShown(k: Kernel, c: LoadedCase, today: string): PromiseView[] {
  const { reveal } = shelterOf(k.keys, c);
  return c.commitments.map((p) => {
    const said = (field: Parameters<typeof places.commitment>[1], stored: string): string =>
      reveal(places.commitment(p.id, field), stored);
    const maybe = (field: Parameters<typeof places.commitment>[1], stored: string | null): string | null =>
      stored === null ? null : said(field, stored);
    return {
      id: p.id,
      demandNo: c.demands.find((d) => d.id === p.demandId)?.no ?? null,
      text: said("text", p.text),
      owner: said("owner", p.owner),
      dueOn: p.dueOn,
      state: p.state,
      late: p.state === "open" && p.dueOn < today,
      madeAt: p.madeAt,
      evidence: maybe("evidence", p.evidence),
      missing: maybe("missing", p.missing),
      asked:
        p.askedDueOn === null ? null : { dueOn: p.askedDueOn, because: said("asked_because", p.askedBecause ?? "") },
      dateChanged: p.dateChangedAt !== null,
      confirmedBy: p.confirmedBy,
      reason: maybe("reason", p.reason),
      doneAt: p.doneAt,
    };
  });
}
