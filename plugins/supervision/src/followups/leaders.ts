import { DoorstepError, type Id, type NamedPerson } from "@doorstep/sdk";
import type { WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";

/** People of the unit and below, to choose a leader and whoever takes part from. */
export const peopleHere = (ctx: WatchCtx): Promise<readonly NamedPerson[]> => ctx.people.ofUnit();

/** Names of those who are at the call's unit or below; the others are somebody above. */
export async function namesOf(ctx: WatchCtx, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  if (ids.length === 0) return new Map();
  const found = await ctx.people.ofUnit({ ids: [...new Set(ids)] });
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** @throws refusal `leader` for somebody who is not at the unit or below */
export async function leaderOf(ctx: WatchCtx, personId: Id): Promise<NamedPerson> {
  const [found] = await ctx.people.ofUnit({ ids: [personId] });
  if (!found) throw refuse("leader");
  return found;
}

export const codesOf = (error: unknown): readonly string[] =>
  error instanceof DoorstepError ? [error.code, ...error.reasons.map((one) => one.code)] : [];
