import {
  callHearingInput,
  closeHearingInput,
  closeMediationInput,
  DoorstepError,
  openMediationInput,
} from "@doorstep/contracts";
import { z } from "zod";
import type { Actor } from "../actor.ts";
import { assertInReach, type InName, partyOf } from "../case-data/open-to-module.ts";
import { callHearing, closeHearing, closeMediation, openMediation, seatHearing } from "../cases/procedures.ts";
import { assertMaySee } from "../cases/read-case.ts";
import type { Kernel } from "../kernel.ts";
import { openToModules } from "../life-cycle/guards.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { type Command, execute } from "../pipeline/execute.ts";

/** Which of the kernel's procedures beside a petition a module conducts. */
export type ProcedureKind = "mediation" | "hearing";

export interface OnProcedure {
  readonly caseId: string;
  readonly pluginId: string;
  readonly runs: ProcedureKind;
  /** the same key does nothing twice */
  readonly key: string;
}

/** The desk's own act with all its guards; the entry says by which module it was done. */
const byModule = <I, R>(command: Command<I, R>, pluginId: string): Command<I, R> => ({
  ...command,
  checks: (c, s, i, party, prepared) => [
    ...[openToModules.check(c, s) ?? []].flat(),
    ...(command.checks?.(c, s, i, party, prepared) ?? []),
  ],
  decide(k, loaded, s, i, party, prepared) {
    const fx = command.decide(k, loaded, s, i, party, prepared);
    return { ...fx, facts: { ...fx.facts, module: pluginId } };
  },
});

/** The fields of an act's form without those that say on what and when. */
const typed = { caseId: true, version: true, key: true } as const;

function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const found = schema.safeParse(input);
  if (!found.success) throw new DoorstepError("input.invalid");
  return found.data;
}

async function act<I>(
  k: Kernel,
  party: ActingParty,
  { caseId, pluginId, key }: OnProcedure,
  command: Command<I, unknown>,
  i: I,
) {
  const on = { caseId, key: `${pluginId}:${key}`, party };
  await execute(k, byModule(command, pluginId), on, i);
}

/**
 * T13, T14: marks that a procedure runs beside the petition, in somebody's name.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid`; `act.refused` with every reason
 */
export const openProcedure = (k: Kernel, actor: Actor, on: OnProcedure, how: unknown): Promise<void> =>
  on.runs === "mediation"
    ? act(k, { kind: "person", actor }, on, openMediation, parsed(openMediationInput.omit(typed), how))
    : act(k, { kind: "person", actor }, on, callHearing, parsed(callHearingInput.omit(typed), how));

/**
 * T13, T14: it has ended; the petition goes on. A module by itself ends hearings alone, of petitions held at its unit or below.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid`; `act.refused` with every reason
 */
export async function closeProcedure(k: Kernel, name: InName, on: OnProcedure, end: unknown): Promise<void> {
  if (name.by === null) await assertInReach(k, name, on.caseId);
  const party = partyOf(name);
  if (on.runs === "mediation") await act(k, party, on, closeMediation, parsed(closeMediationInput.omit(typed), end));
  else await act(k, party, on, closeHearing, parsed(closeHearingInput.omit(typed), end));
}

const seats = callHearingInput.pick({ note: true }).extend({ personIds: z.array(z.uuid()).min(1).max(8) });

/**
 * T14: somebody takes a place that is free on the panel of the hearing that runs, and is checked like the others.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid`; `act.refused` with every reason
 */
export async function seatOnHearing(k: Kernel, actor: Actor, on: OnProcedure, who: unknown): Promise<void> {
  if (on.runs !== "hearing") throw new DoorstepError("input.invalid");
  await act(k, { kind: "person", actor }, on, seatHearing, parsed(seats, who));
}

const marks = { mediation: "inMediation", hearing: "inHearing" } as const;

/**
 * Whether one runs; `null` for an accusation, of which no module reads anything.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function procedureRuns(
  k: Kernel,
  actor: Actor,
  caseId: string,
  runs: ProcedureKind,
): Promise<boolean | null> {
  await assertMaySee(k, actor, caseId);
  const { rows } = await k.pool.query<{ runs: boolean | null }>(
    "select case when confidentiality < 3 then $2 = any (flags) end as runs from kernel.cases where id = $1",
    [caseId, marks[runs]],
  );
  return rows[0]?.runs ?? null;
}
