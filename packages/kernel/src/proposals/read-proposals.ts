import type { CaseView } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type ActingParty, refusals } from "../life-cycle/refusals.ts";
import type { Scene, Transition } from "../life-cycle/rule.ts";
import { transitionOf } from "../life-cycle/table.ts";
import type { SideAct } from "../pipeline/execute.ts";
import { ownProposal } from "./two-person.ts";
import { twoPersonActs } from "./two-person-acts.ts";

const rowOf = (act: string | SideAct): Transition =>
  typeof act === "string"
    ? transitionOf(act as Parameters<typeof transitionOf>[0])
    : ({ ...act, id: "T0", notice: [], source: "" } as Transition);

/** What waits for a second person, with what this reader may do about it. */
export const proposalsOf = (
  k: Kernel,
  c: LoadedCase,
  party: ActingParty,
  s: Scene,
  nameOf: (personId: string) => string,
): CaseView["proposals"] =>
  c.proposals.flatMap((p) => {
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
        by: { id: p.by, name: nameOf(p.by) },
        at: p.at,
        input: act.read(k, c, p),
        confirm: mayNot ? null : reasons.map((r) => ({ code: r.code, params: { ...r.params } })),
        mayDecline: declining.length === 0,
      },
    ];
  });
