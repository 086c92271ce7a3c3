import type { Role } from "@doorstep/contracts";
import { type Actor, holdsRoleAt } from "../actor.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";

/** Who may open a case he does not see, and who must agree [SPEC §8]. */
export interface AccessRule {
  readonly roles: readonly Role[];
  /** the discipline organ above the one that has the case; `null`: nobody, it is granted at once */
  readonly second: "organAbove" | null;
  /** whether the petitioner is told at once; where an investigation would be harmed, whoever confirms says so */
  readonly tells: "atOnce" | "asConfirmed";
}

const reading: readonly Role[] = ["officer", "signer", "chargeLeader", "reviewer", "supervisor", "discipline"];

/** By the confidentiality of the case: the same for every policy pack. */
export const accessRules: Readonly<Record<1 | 2 | 3, AccessRule>> = {
  1: { roles: reading, second: null, tells: "atOnce" },
  2: { roles: reading, second: null, tells: "atOnce" },
  3: { roles: ["discipline"], second: "organAbove", tells: "asConfirmed" },
};

/** Whether somebody has a role by which any case could be opened: who has none is not even asked for a reason. */
export const mayAsk = (actor: Pick<Actor, "grants">): boolean =>
  actor.grants.some((g) => Object.values(accessRules).some((rule) => rule.roles.includes(g.role)));

/** Where somebody belongs and serves: paths of units, each from the unit to its root. */
export interface Standing {
  readonly personId: string;
  readonly ownKey: string;
  readonly paths: readonly (readonly string[])[];
  readonly roles: readonly Role[];
}

/**
 * Whether this case may be opened to this person at all: by a role for its level, within the same tree, and never to
 * somebody complained of, who serves in a unit complained of, stands out, or has filed it himself.
 */
export function mayBeOpened(c: LoadedCase, who: Standing): boolean {
  const rule = accessRules[c.confidentiality];
  const root = c.holderPath.at(-1);
  const concerned =
    c.recused.includes(who.personId) ||
    c.respondentPeople.includes(who.personId) ||
    c.audience.includes(who.ownKey) ||
    who.paths.some((path) => path.some((unit) => c.respondentUnits.includes(unit)));
  return !concerned && who.roles.some((r) => rule.roles.includes(r)) && who.paths.some((path) => path.at(-1) === root);
}

/** Whether this second person stands above the organ; where none is above, another officer of that organ does. */
export const mayConfirm = (actor: Actor, organPath: readonly string[]): boolean =>
  holdsRoleAt(actor, ["discipline"], organPath.length > 1 ? organPath.slice(1) : organPath);
