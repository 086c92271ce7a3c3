import { type Role, states } from "@doorstep/contracts";
import type { Actor, Reach } from "../actor.ts";
import { quarantineKey } from "../audience/audience-of.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";

const doorkeepers: readonly Role[] = ["clerk", "officer"];

/**
 * The person with the keys of the quarantine beside his own: of the units where he takes petitions in, and of his
 * discipline organ. The one predicate answers for the rest.
 */
export function atQuarantine(actor: Actor): Actor {
  const keeps = (r: Reach): boolean =>
    r.ceiling === 3 ||
    actor.grants.some((g) => doorkeepers.includes(g.role) && g.unitId === r.key && g.subtree === !r.flat);
  const quarantine = actor.reach.filter(keeps).map((r) => ({ ...r, key: quarantineKey(r.key) }));
  return { ...actor, reach: [...actor.reach, ...quarantine] };
}

const letThrough: SideAct = {
  act: "letThrough",
  from: states,
  to: "same",
  who: [
    { role: "clerk", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  with: ["quarantined"],
  clears: "quarantined",
  clocks: [],
  entry: "case.letThrough",
};

/** Out of the quarantine into the desk's lists; number, code, time and clocks stay those of the moment it came in. */
export const letCaseThrough: Command<object, { readonly ok: true }> = {
  act: letThrough,
  decide: () => ({ result: { ok: true }, facts: {} }),
};
