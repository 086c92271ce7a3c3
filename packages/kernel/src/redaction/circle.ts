import type { Actor } from "../actor.ts";
import { reaches } from "../actor.ts";
import { ACCESS_DEPTH } from "../audience/audience-of.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type Loaded, loadCase } from "../pipeline/load-case.ts";
import { watcherPath } from "../pipeline/rows.ts";
import { type Cover, coverOf } from "./cover.ts";

type Covering = Pick<LoadedCase, "id" | "organId"> & {
  readonly redactions: readonly { readonly id: string; readonly words: string }[];
};

/** The words that are covered today. */
export const wordsCovered = (k: Pick<Kernel, "keys">, c: Covering): readonly string[] => {
  const { reveal } = shelterOf(k.keys, c);
  return c.redactions.map((one) => reveal(places.redaction(one.id), one.words));
};

export const coverFor = (k: Pick<Kernel, "keys">, c: Covering): Cover => coverOf(wordsCovered(k, c));

/**
 * Whether somebody sees the case as one of those who handle it, or lead them: not by an access that was opened to him,
 * and not because his unit was asked to assist.
 */
export function isInCircle(actor: Actor, loaded: Loaded): boolean {
  const c = loaded.case;
  const own = new Set([
    ...(c.organId === null ? [] : [c.organId]),
    ...c.holderPath,
    ...(c.status === "received" || c.status === "registered" ? c.intakePath : []),
    ...(loaded.handlingPath ?? []),
    ...(watcherPath(c.status, { ...c, kind: c.lastLeg?.kind }) ?? []),
  ]);
  return reaches(
    actor,
    c.confidentiality,
    loaded.audience.filter((a) => a.depth !== ACCESS_DEPTH && own.has(a.key)),
  );
}

/** Files and letters cannot be covered: whoever stands outside opens none while something of the case is. */
export async function mayOpenWhole(k: Pick<Kernel, "pool">, actor: Actor, caseId: string): Promise<boolean> {
  const loaded = await loadCase(k.pool, caseId, "", "");
  return loaded !== null && (loaded.case.redactions.length === 0 || isInCircle(actor, loaded));
}
