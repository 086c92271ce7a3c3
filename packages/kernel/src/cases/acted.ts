import type { Acted, State } from "@doorstep/contracts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";

/** Every act answers with the case's new version and state. */
export const acted = (c: LoadedCase, state: State = c.status): Acted => ({
  caseId: c.id,
  version: c.version + 1,
  state,
});

/** Whose name stands under what was done: a person, or the rule that acts by itself. */
export const nameOf = (party: ActingParty): string =>
  party.kind === "person" ? party.actor.name : "系统依规记录 / recorded by rule";

export const personOf = (party: ActingParty): string | null => (party.kind === "person" ? party.actor.personId : null);
