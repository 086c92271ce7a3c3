import type { CaseView } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase, LoadedProposal } from "../life-cycle/loaded-case.ts";
import { type ActingParty, refusals } from "../life-cycle/refusals.ts";
import type { Scene, Transition } from "../life-cycle/rule.ts";
import { transitionOf } from "../life-cycle/table.ts";
import type { SideAct } from "../pipeline/execute.ts";
import { declineSuggestion, readSuggestion } from "./suggest.ts";
import { isSuggestion, suggestedAct } from "./taken-up.ts";
import { ownProposal } from "./two-person.ts";
import { twoPersonActs } from "./two-person-acts.ts";

const rowOf = (act: string | SideAct): Transition =>
  typeof act === "string"
    ? transitionOf(act as Parameters<typeof transitionOf>[0])
    : ({ ...act, id: "T0", notice: [], source: "" } as Transition);

/** What a module suggests: its reason, and whether this reader may say no; who does it does so by the act's own form. */
const suggestionShown = (
  k: Kernel,
  c: LoadedCase,
  p: LoadedProposal,
  party: ActingParty,
  s: Scene,
  nameOf: (personId: string) => string,
): CaseView["proposals"][number] => {
  const { title, why } = readSuggestion(k, c, p);
  return {
    id: p.id,
    act: suggestedAct(p),
    module: title,
    by: p.by === null ? null : { id: p.by, name: nameOf(p.by) },
    at: p.at,
    input: { why },
    confirm: null,
    mayDecline: refusals(rowOf(declineSuggestion.act), c, party, s).length === 0,
  };
};

/** What waits for a second person, with what this reader may do about it. */
export const proposalsOf = (
  k: Kernel,
  c: LoadedCase,
  party: ActingParty,
  s: Scene,
  nameOf: (personId: string) => string,
): CaseView["proposals"] =>
  c.proposals.flatMap((p) => {
    if (isSuggestion(p)) return suggestionShown(k, c, p, party, s, nameOf);
    const act = twoPersonActs[p.act];
    if (!act) return [];
    const said = refusals(rowOf(act.confirm.act), c, party, s);
    const reasons = [...said, ...ownProposal(p, party)];
    const mayNot = said.some((r) => r.code === "forbidden" || r.code === "recused");
    const declining = refusals(rowOf(act.decline.act), c, party, s);
    return [
      {
        id: p.id,
        act: p.act,
        module: null,
        by: p.by === null ? null : { id: p.by, name: nameOf(p.by) },
        at: p.at,
        input: act.read(k, c, p),
        confirm: mayNot ? null : reasons.map((r) => ({ code: r.code, params: { ...r.params } })),
        mayDecline: declining.length === 0,
      },
    ];
  });
