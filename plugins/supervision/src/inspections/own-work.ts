import type { Id } from "@doorstep/sdk";
import { meOf, type WatchCtx } from "../matters/matter-ctx.ts";

/** Which petitions of a sample the asker has dealt with himself, and which everybody has who supervises here. */
export interface OwnWork {
  readonly mine: ReadonlySet<Id>;
  readonly everybodys: ReadonlySet<Id>;
}

/** Nobody checks what he has handled, drafted, signed, reviewed or ended himself. */
export async function ownWorkAmong(ctx: WatchCtx, caseIds: readonly Id[]): Promise<OwnWork> {
  const me = meOf(ctx);
  const people = [...new Set([me, ...(await ctx.people.holding("supervisor")).map((one) => one.id)])];
  const parts = await ctx.cases.tookPart(caseIds, people);
  const of = (caseId: Id) => parts.filter((part) => part.caseId === caseId).map((part) => part.personId);
  return {
    mine: new Set(caseIds.filter((id) => of(id).includes(me))),
    everybodys: new Set(caseIds.filter((id) => of(id).length === people.length)),
  };
}
