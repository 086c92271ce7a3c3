import { type Acted, DoorstepError, states, type Text } from "@doorstep/contracts";
import { moduleParts } from "../case-data/module-parts.ts";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { openToModules } from "../life-cycle/guards.ts";
import type { LoadedCase, LoadedProposal } from "../life-cycle/loaded-case.ts";
import { refusals } from "../life-cycle/refusals.ts";
import type { Transition } from "../life-cycle/rule.ts";
import { transitions } from "../life-cycle/table.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { suggested, suggestedAct } from "./taken-up.ts";
import { decision, type OnProposal, openProposal } from "./two-person.ts";

/** An act that a module suggests in somebody's name; whoever may do it does it at the desk, or says why not. */
export interface Suggestion {
  readonly pluginId: string;
  readonly title: Text;
  /** a row of the life cycle such as `T15`, or one of its acts by name */
  readonly act: string;
  readonly why: string;
}

/** What a person alone decides on: what it is about, and whose it is. */
const never: readonly string[] = ["register"];

/** Those who have a part in it, and the module by itself. */
const inModulesName: SideAct["who"] = [...moduleParts, { role: "system", at: "anywhere" }];

const side = (act: string, entry: SideAct["entry"], guards: SideAct["guards"]): SideAct => ({
  act,
  from: states,
  to: "same",
  who: inModulesName,
  guards,
  clocks: [],
  entry,
});

/** Neither the office nor a module takes a step that is the petitioner's. */
const outside: readonly string[] = ["petitioner", "delegate", "system"];
const isForStaff = (x: Transition): boolean => x.from !== "-" && x.who.some((w) => !outside.includes(w.role));

/** The rows a suggestion may mean. @throws DoorstepError `proposal.actUnknown` */
function meant(act: string): readonly Transition[] {
  const rows: readonly Transition[] = transitions;
  const found = rows.filter((x) => (x.id === act || x.act === act) && isForStaff(x) && !never.includes(x.act));
  if (found.length === 0) throw new DoorstepError("proposal.actUnknown", { act });
  return found;
}

interface Meant {
  readonly row: Transition;
  readonly reasons: ReturnType<typeof refusals>;
}

export const suggestion: Command<Suggestion, Acted> = {
  act: side("suggest", "proposal.made", [openToModules]),
  prepare: async (_k, c, i, s, party): Promise<Meant> => {
    // who may do it is asked of whoever does it
    const all = meant(i.act).map((row) => ({ row, reasons: refusals({ ...row, who: inModulesName }, c, party, s) }));
    return all.find((one) => one.reasons.length === 0) ?? (all[0] as Meant);
  },
  checks(c, _s, _i, _party, prepared) {
    const { row, reasons } = prepared as Meant;
    return c.proposals.some((p) => p.act === suggested(row.act)) ? [{ code: "proposal.waiting" }] : reasons;
  },
  decide(k, loaded, s, i, party, prepared) {
    const { row } = prepared as Meant;
    const c = loaded.case;
    const id = k.newId();
    const { pluginId, title, why } = i;
    return {
      result: acted(c),
      facts: { proposal: id, proposed: row.act, module: pluginId },
      rows: {
        proposals: [
          {
            id,
            case_id: c.id,
            act: suggested(row.act),
            input: shelterOf(k.keys, c).protect(places.proposal(id, "input"), JSON.stringify({ pluginId, title, why })),
            proposed_by: personOf(party),
            proposed_at: s.now.toISOString(),
            state: "open",
          },
        ],
      },
    };
  },
};

/** Nobody takes it up, and says why. */
export const declineSuggestion: Command<OnProposal, Acted> = {
  act: side("declineSuggestion", "proposal.declined", []),
  checks: (c, _s, i) => (openProposal(c, i.proposalId) && i.reason ? [] : [{ code: "proposal.reasonMissing" }]),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const proposed = suggestedAct(openProposal(c, i.proposalId));
    const on = { id: i.proposalId, at: s.now.toISOString(), me: personOf(party), reason: i.reason };
    return {
      result: acted(c),
      facts: { proposal: i.proposalId, proposed, state: "declined" },
      rows: { proposal_patch: [decision(k, c, on, "declined")] },
    };
  },
};

/** Module, words and reason of a suggestion. */
export const readSuggestion = (
  k: Kernel,
  c: LoadedCase,
  p: LoadedProposal,
): { readonly title: Text; readonly why: string } =>
  JSON.parse(shelterOf(k.keys, c).reveal(places.proposal(p.id, "input"), p.input));
