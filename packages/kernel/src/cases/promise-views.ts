import type { PromiseView } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { revealFacts } from "../notices/notice-row.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import { places, shelterOf } from "./reveal.ts";

interface Drafted {
  readonly no: number;
  readonly promise?: { readonly owner: string; readonly dueOn: string };
}

/** What the reply that is being written promises, by number of the demand: whoever corrects it finds it again. */
export function draftedPromises(k: Kernel, loaded: Loaded): ReadonlyMap<number, NonNullable<Drafted["promise"]>> {
  const letter = loaded.noticeRows.findLast((n) => n.code === "D14" || n.code === "D16");
  if (letter?.state !== "draft" && letter?.state !== "submitted") return new Map();
  const shelter = { keys: k.keys, organId: loaded.case.organId };
  const { demands } = revealFacts(shelter, letter.id, letter.facts) as { readonly demands?: readonly Drafted[] };
  return new Map((demands ?? []).flatMap(({ no, promise }) => (promise ? [[no, promise]] : [])));
}

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
