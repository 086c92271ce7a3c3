import type { CaseView } from "@doorstep/contracts";
import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import { visibleOf } from "../audience/visible-of.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase, LoadedLink } from "../life-cycle/loaded-case.ts";
import { queueItemOf } from "../queue/list-cases.ts";
import { itemsOf } from "../queue/search-cases.ts";

type Kind = CaseView["links"][number]["kind"];

/** How the other case stands to this one. */
export const linkKindOf = (c: Pick<LoadedCase, "id">, l: LoadedLink): Kind => {
  if (l.kind === "mergedInto") return l.caseId === c.id ? "main" : "joined";
  return l.caseId === c.id ? "splitFrom" : "splitOff";
};
export const otherOf = (c: Pick<LoadedCase, "id">, l: LoadedLink): string =>
  l.caseId === c.id ? l.otherCaseId : l.caseId;

/** The linked cases this reader may see; of the others he learns nothing, not even that there are any. */
export async function linksFor(k: Kernel, client: PoolClient, actor: Actor, c: LoadedCase): Promise<CaseView["links"]> {
  if (c.links.length === 0) return [];
  const kinds = new Map(c.links.map((l) => [otherOf(c, l), linkKindOf(c, l)]));
  const seen = await visibleOf(client, actor, [...kinds.keys()]);
  return (await itemsOf(client, seen)).map((row) => {
    const { caseId, caseNo, title, state } = queueItemOf(k, row);
    return { caseId, caseNo, title, state, kind: kinds.get(caseId) as Kind };
  });
}
