import { type EventType, states } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Batch } from "../pipeline/batch.ts";
import { partyName, sceneOf } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import { type Effects, rowsOf } from "../pipeline/rows.ts";

/** The case this one was joined to, where it is. */
export const mainOf = (c: Pick<LoadedCase, "id" | "links">): string | null =>
  c.links.find((l) => l.kind === "mergedInto" && l.caseId === c.id)?.otherCaseId ?? null;

/** Rows that end the joining of a case that goes on by itself again. */
export const unlinked = (c: Pick<LoadedCase, "id" | "links">, at: Date): readonly object[] =>
  c.links
    .filter((l) => l.kind === "mergedInto" && l.caseId === c.id)
    .map((l) => ({ id: l.id, ended_at: at.toISOString() }));

/**
 * What an act writes in another case, within the same statement: rows, an entry of its own in that case's chain and an
 * event. A version that has moved on there undoes the whole act, as it does here.
 */
export function besideOf(
  k: Kernel,
  other: Loaded,
  by: { readonly act: string; readonly entry: EventType; readonly party: ActingParty },
  fx: Omit<Effects<unknown>, "result">,
): Batch {
  const transition = { act: by.act, from: states, to: "same" as const, clocks: [], entry: by.entry };
  const on = { transition, actor: partyName(by.party), logKey: "", inputHash: "" };
  const { command_log: _own, ...batch } = rowsOf(k, other, sceneOf(k, other.case), { ...fx, result: null }, on);
  return batch;
}
