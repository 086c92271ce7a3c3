import { type Acted, DoorstepError, states } from "@doorstep/contracts";
import type { z } from "zod";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase, LoadedProposal } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Refusal, Who } from "../life-cycle/rule.ts";
import { type Act, transitionOf } from "../life-cycle/table.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";

/** What both decisions on a proposal name. */
export interface OnProposal {
  readonly proposalId: string;
  readonly reason: string;
}

/** An act that one person proposes and another carries out [SPEC §4 T11, T19; §8]. */
export interface TwoPersonAct<I> {
  /** the first person's: writes the proposal, changes nothing else */
  readonly propose: Command<I, Acted>;
  /** the second person's: does what was proposed, with what the first one typed */
  readonly confirm: Command<OnProposal, Acted>;
  /** the second person says no; the first one takes it back */
  readonly decline: Command<OnProposal, Acted>;
  /** what was typed, for whoever decides */
  read(k: Kernel, c: LoadedCase, p: LoadedProposal): Readonly<Record<string, unknown>>;
}

/** The same without the type of what is typed, as a registry holds it. */
export type AnyTwoPersonAct = Omit<TwoPersonAct<never>, "propose">;

const isPersons = (who: Who): boolean => who.role !== "petitioner" && who.role !== "system";
const rowOf = (act: Act | SideAct): SideAct => (typeof act === "string" ? transitionOf(act) : act);

/** A proposal sets no mark and clears none: the act itself does, once it is confirmed. */
const unmarked = ({ sets: _sets, clears: _clears, ...row }: SideAct): SideAct => row;

export const openProposal = (c: LoadedCase, id: string): LoadedProposal => {
  const found = c.proposals.find((p) => p.id === id);
  if (!found) throw new DoorstepError("proposal.notFound");
  return found;
};

const isProposer = (c: LoadedCase, party: ActingParty, id: string): boolean =>
  party.kind === "person" && c.proposals.some((p) => p.id === id && p.by === party.actor.personId);

/** Why this very person cannot confirm what he proposed himself. */
export const ownProposal = (p: LoadedProposal, party: ActingParty): readonly Refusal[] =>
  party.kind === "person" && p.by === party.actor.personId ? [{ code: "proposal.samePerson" }] : [];

/** What is written when a proposal is decided. */
export const decision = (
  k: Pick<Kernel, "keys">,
  c: LoadedCase,
  on: { readonly id: string; readonly at: string; readonly me: string | null; readonly reason: string },
  state: "confirmed" | "declined" | "takenBack",
): object => ({
  id: on.id,
  state,
  decided_by: on.me,
  decided_at: on.at,
  reason: on.reason ? shelterOf(k.keys, c).protect(places.proposal(on.id, "reason"), on.reason) : null,
});

/**
 * Makes an act one of two persons. `second` may confirm; who may propose, in which state and under which guards is the
 * act's own row. The rules are asked again when it is confirmed: nothing may have become unlawful in between.
 */
export function twoPerson<I extends object>(
  command: Command<I, Acted>,
  spec: { readonly second: readonly Who[]; readonly input: z.ZodType<I> },
): TwoPersonAct<I> {
  const row = rowOf(command.act);
  const who = row.who.filter(isPersons);
  const read = (k: Kernel, c: LoadedCase, p: LoadedProposal): I =>
    spec.input.parse(JSON.parse(shelterOf(k.keys, c).reveal(places.proposal(p.id, "input"), p.input)));

  const propose: Command<I, Acted> = {
    act: { ...unmarked(row), who, to: "same", clocks: [], entry: "proposal.made" },
    checks: (c) => (c.proposals.some((p) => p.act === row.act) ? [{ code: "proposal.waiting" }] : []),
    decide(k, loaded, s, i, party) {
      const id = k.newId();
      const c = loaded.case;
      return {
        result: acted(c),
        facts: { proposal: id, proposed: row.act },
        rows: {
          proposals: [
            {
              id,
              case_id: c.id,
              act: row.act,
              input: shelterOf(k.keys, c).protect(places.proposal(id, "input"), JSON.stringify(i)),
              proposed_by: personOf(party),
              proposed_at: s.now.toISOString(),
              state: "open",
            },
          ],
        },
      };
    },
  };

  const confirm: Command<OnProposal, Acted> = {
    act: { ...row, who: spec.second },
    async prepare(k, c, i, s, party) {
      const input = read(k, c, openProposal(c, i.proposalId));
      return { input, inner: await command.prepare?.(k, c, input, s, party) };
    },
    checks(c, s, i, party, prepared) {
      const { input, inner } = prepared as { readonly input: I; readonly inner: unknown };
      return [
        ...ownProposal(openProposal(c, i.proposalId), party),
        ...(command.checks?.(c, s, input, party, inner) ?? []),
      ];
    },
    decide(k, loaded, s, i, party, prepared) {
      const { input, inner } = prepared as { readonly input: I; readonly inner: unknown };
      const c = loaded.case;
      const p = openProposal(c, i.proposalId);
      const at = s.now.toISOString();
      const fx = command.decide(k, loaded, s, input, party, inner);
      const proposers = p.by === null ? [] : [{ case_id: c.id, person_id: p.by, part: "proposer", level: c.level, at }];
      return {
        ...fx,
        facts: { ...fx.facts, proposal: p.id, proposedBy: p.by },
        rows: {
          ...fx.rows,
          case_actors: [...(fx.rows?.case_actors ?? []), ...proposers],
          proposal_patch: [decision(k, c, { id: p.id, at, me: personOf(party), reason: i.reason }, "confirmed")],
        },
      };
    },
  };

  const decline: Command<OnProposal, Acted> = {
    act: {
      act: `decline:${row.act}`,
      from: states,
      to: "same",
      who: [...spec.second, ...who],
      guards: [],
      clocks: [],
      entry: "proposal.declined",
    },
    checks: (c, _s, i) => (openProposal(c, i.proposalId) && i.reason ? [] : [{ code: "proposal.reasonMissing" }]),
    decide(k, loaded, s, i, party) {
      const c = loaded.case;
      const state = isProposer(c, party, i.proposalId) ? "takenBack" : "declined";
      const on = { id: i.proposalId, at: s.now.toISOString(), me: personOf(party), reason: i.reason };
      return {
        result: acted(c),
        facts: { proposal: i.proposalId, proposed: row.act, state },
        rows: { proposal_patch: [decision(k, c, on, state)] },
      };
    },
  };
  return { propose, confirm, decline, read: (k, c, p) => ({ ...read(k, c, p) }) as Readonly<Record<string, unknown>> };
}
