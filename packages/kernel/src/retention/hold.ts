import { type Acted, holdInput, states } from "@doorstep/contracts";
import type { z } from "zod";
import { acted } from "../cases/acted.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { twoPerson } from "../proposals/two-person.ts";

const input = holdInput.omit({ caseId: true, version: true, key: true });
type Held = z.output<typeof input>;

const row = (act: string, entry: "case.held" | "case.holdLifted", marks: Partial<SideAct>): SideAct => ({
  act,
  from: states,
  to: "same",
  who: [
    { role: "officer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  clocks: [],
  entry,
  ...marks,
});

const command = (act: SideAct): Command<Held, Acted> => ({
  act,
  decide: (_k, loaded) => ({ result: acted(loaded.case), facts: {} }),
});

const second = [
  { role: "officer", at: "holder" },
  { role: "signer", at: "holder" },
  { role: "discipline", at: "organ" },
] as const;

/** Legal hold: while it stands nothing of the case is destroyed, whatever its age. One asks, another sets it. */
export const hold = twoPerson(command(row("hold", "case.held", { without: ["held"], sets: "held" })), {
  second,
  input,
});

export const liftHold = twoPerson(command(row("liftHold", "case.holdLifted", { with: ["held"], clears: "held" })), {
  second,
  input,
});

/** As the desk offers them: the first person's half. */
export const holdActs: readonly SideAct[] = [hold.propose.act as SideAct, liftHold.propose.act as SideAct];
