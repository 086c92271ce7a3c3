import { DoorstepError, type OpenedIdentity, states } from "@doorstep/contracts";
import { mayAt } from "../actor.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type ActingParty, refusals } from "../life-cycle/refusals.ts";
import { coSignersOf, personOfCase } from "../own-data/identity.ts";
import { type Command, execute, type On, type SideAct, sceneOf } from "../pipeline/execute.ts";
import { lawOf, opensFor, type RequestRow } from "./requests.ts";

const opening: SideAct = {
  act: "openIdentity",
  from: states,
  to: "same",
  who: [
    // with what the custodian granted him
    { role: "handler", at: "case" },
    { role: "signer", at: "holder" },
    { role: "reviewer", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "custodian", at: "holder" },
    { role: "chargeLeader", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  clocks: [],
  entry: "access.identityOpened",
};

const mine = (prepared: unknown, party: ActingParty): RequestRow | undefined =>
  (prepared as readonly RequestRow[]).find((row) => opensFor(row, party));

/** The opening is written, with its purpose, before the name leaves: the petitioner sees that and why [SPEC §8]. */
const openVault: Command<{ readonly purpose: string }, { readonly ok: true }> = {
  act: opening,
  prepare: (k, c, _i, scene) => lawOf(k, c, scene.now),
  checks(c, _s, _i, party, prepared) {
    if (c.anonymity === "anonymous") return [{ code: "vault.nothing" }];
    if (mine(prepared, party)) return [];
    // who may open it by his own office: nobody alone where the matter is sensitive or the name is kept apart
    if (c.confidentiality > 1 || c.anonymity === "confidential") return [{ code: "vault.second" }];
    return party.kind === "person" && mayAt(party.actor, "vault.open", c.holderPath) ? [] : [{ code: "vault.second" }];
  },
  decide(k, loaded, s, i, party, prepared) {
    if (party.kind !== "person") throw new DoorstepError("forbidden");
    const law = mine(prepared, party);
    const at = s.now.toISOString();
    const id = k.newId();
    const purpose = shelterOf(k.keys, loaded.case).protect(places.opening(id), i.purpose);
    return {
      result: { ok: true },
      facts: { case: loaded.case.id, ...(law && { request: law.id, askedBy: law.asked_by }) },
      rows: {
        openings: [
          {
            id,
            case_id: loaded.case.id,
            at,
            by_person: party.actor.personId,
            purpose,
            tell_after: law?.tell_after ?? null,
            request_id: law?.id ?? null,
          },
        ],
      },
    };
  },
};

/** Whether this person could open it now, for the button. */
export async function mayOpenIdentity(k: Kernel, c: LoadedCase, party: ActingParty): Promise<boolean> {
  if (c.anonymity === "anonymous") return false;
  const scene = sceneOf(k, c);
  if (refusals({ ...opening, id: "T0", notice: [], source: "" }, c, party, scene).length > 0) return false;
  return openVault.checks?.(c, scene, { purpose: "" }, party, await lawOf(k, c, scene.now)).length === 0;
}

/** Opens who the petitioner is, and who signed with him. @throws DoorstepError `case.notFound`, `act.refused` (`vault.nothing`, `vault.second`). */
export async function openIdentity(k: Kernel, on: On, purpose: string): Promise<OpenedIdentity> {
  await execute(k, openVault, on, { purpose });
  const person = await personOfCase(k, on.caseId);
  if (!person) throw await goneBecause(k, on.caseId);
  return { ...person.identity, coSigners: [...(await coSignersOf(k, on.caseId))] };
}

/** Nobody was ever named, or the time for which the name is kept is over. */
async function goneBecause(k: Kernel, caseId: string): Promise<DoorstepError> {
  const { rows } = await k.pool.query<{ on: string | null }>(
    `select identity_cut_on::text as "on" from kernel.cases where id = $1`,
    [caseId],
  );
  return rows[0]?.on ? new DoorstepError("vault.cut", { on: rows[0].on }) : new DoorstepError("vault.nothing");
}
