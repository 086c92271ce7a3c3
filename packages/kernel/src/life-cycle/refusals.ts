import { type Actor, holdsRoleAt } from "../actor.ts";
import { beyondMandate, type Mandate } from "../mandates/mandate.ts";
import { isOpenAssist } from "./loaded-assist.ts";
import type { LoadedCase } from "./loaded-case.ts";
import type { Refusal, Scene, Transition, Who } from "./rule.ts";
import { type Act, transitions } from "./table.ts";

/** Who acts: a signed-in person, the petitioner of this case (by code or account), or the system itself. */
export type ActingParty =
  | { readonly kind: "person"; readonly actor: Actor }
  | { readonly kind: "petitioner"; readonly mandate?: Mandate }
  | { readonly kind: "system" };

function holds(party: ActingParty, who: Who, c: LoadedCase): boolean {
  if (party.kind === "system") return who.role === "system";
  if (party.kind === "petitioner") return who.role === "petitioner";
  if (who.role === "system") return false;
  const { actor } = party;
  const { role } = who;
  if (who.at === "case") return who.role === "handler" && c.handlerId === actor.personId;
  if (who.at === "organ") return c.organId !== null && actor.reach.some((r) => r.key === c.organId);
  // C3 belongs to the organ alone: a role at a unit does not reach it
  if (c.confidentiality === 3) return false;
  // nobody sent it yet: the state says so, and the role is asked where the case is
  if (who.at === "sender") return holdsRoleAt(actor, [who.role], c.senderPath.length > 0 ? c.senderPath : c.holderPath);
  if (who.at === "handling") return c.handlingUnitId !== null && holdsRoleAt(actor, [who.role], [c.handlingUnitId]);
  if (who.at === "assist") return c.assists.some((a) => isOpenAssist(a) && holdsRoleAt(actor, [role], a.path));
  if (who.at === "above") return holdsRoleAt(actor, [who.role], c.holderPath.slice(1));
  return holdsRoleAt(actor, [who.role], c.holderPath);
}

const markRefusals = (x: Transition, c: LoadedCase): readonly Refusal[] => [
  ...(x.with ?? []).filter((m) => !c.marks.includes(m)).map((mark) => ({ code: "mark.missing", params: { mark } })),
  ...(x.without ?? [])
    .filter((m) => c.marks.includes(m))
    .map((mark) => (mark === "extended" ? { code: "extension.once" } : { code: "mark.set", params: { mark } })),
];

/** May -> recused -> state stop at once; marks and guards are collected, so that the screen shows every reason. */
export function refusals(x: Transition, c: LoadedCase, party: ActingParty, s: Scene): readonly Refusal[] {
  if (!x.who.some((w) => holds(party, w, c))) return [{ code: "forbidden" }];
  if (party.kind === "person" && c.recused.includes(party.actor.personId)) return [{ code: "recused" }];
  if (x.from === "-" || !x.from.includes(c.status)) return [{ code: "act.state", params: { state: c.status } }];
  const beyond = party.kind === "petitioner" && party.mandate ? beyondMandate(party.mandate, x.act) : [];
  if (beyond.length > 0) return beyond;
  return [...markRefusals(x, c), ...x.guards.flatMap((g) => g.check(c, s) ?? [])];
}

export interface AllowedAct {
  readonly act: Act;
  readonly transition: Transition;
  readonly refusals: readonly Refusal[];
}

/** What the desk draws: acts of this state and these roles; blocked ones carry their reasons. */
export const allowedActs = (c: LoadedCase, party: ActingParty, s: Scene): readonly AllowedAct[] =>
  transitions
    .map((x) => ({ act: x.act, transition: x, refusals: refusals(x, c, party, s) }))
    .filter((r) => !r.refusals.some((f) => f.code === "forbidden" || f.code === "act.state"));
