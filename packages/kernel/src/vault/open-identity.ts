import { DoorstepError, type PetitionerIdentity, states } from "@doorstep/contracts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute, type On, type SideAct } from "../pipeline/execute.ts";
import { open, openRecord } from "./seal.ts";

const opening: SideAct = {
  act: "openIdentity",
  from: states,
  to: "same",
  who: [
    { role: "officer", at: "holder" },
    { role: "custodian", at: "holder" },
    { role: "chargeLeader", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  clocks: [],
  entry: "access.identityOpened",
  offered: true,
};

/** The opening is written, with its purpose, before the name leaves: the petitioner sees that and why [SPEC §8]. */
const openVault: Command<{ readonly purpose: string }, { readonly ok: true }> = {
  act: opening,
  checks(c, _s, _i, party) {
    if (c.anonymity === "anonymous") return [{ code: "vault.nothing" }];
    const custodian =
      party.kind === "person" && party.actor.grants.some((g) => g.role === "custodian" || g.role === "discipline");
    // "only the petition office may know": petition officer's C1 right does not reach sensitive or confidential ones [SPEC §7]
    return !custodian && (c.confidentiality > 1 || c.anonymity === "confidential") ? [{ code: "vault.level" }] : [];
  },
  decide(k, loaded, s, i, party) {
    if (party.kind !== "person") throw new DoorstepError("forbidden");
    const at = s.now.toISOString();
    const id = k.newId();
    const purpose = shelterOf(k.keys, loaded.case).protect(places.opening(id), i.purpose);
    return {
      result: { ok: true },
      facts: { case: loaded.case.id },
      rows: { openings: [{ id, case_id: loaded.case.id, at, by_person: party.actor.personId, purpose }] },
    };
  },
};

/** Opens who the petitioner is. @throws DoorstepError `case.notFound`, `act.refused` (`vault.nothing`, `vault.level`). */
export async function openIdentity(k: Kernel, on: On, purpose: string): Promise<PetitionerIdentity> {
  await execute(k, openVault, on, { purpose });
  const links = await k.pool.query<{ id: string; sealed: Buffer }>(
    "select id, sealed from kernel.party_links where case_id = $1 and role = 'petitioner' order by id limit 1",
    [on.caseId],
  );
  const [link] = links.rows;
  if (!link) throw new DoorstepError("vault.nothing");
  const personId = open(k.keys.link.key, link.sealed, `link:${link.id}`).toString("utf8");
  const { rows } = await k.pool.query<{ dek: Buffer; ct: Buffer }>("select dek, ct from vault.persons where id = $1", [
    personId,
  ]);
  const [record] = rows;
  if (!record) throw new DoorstepError("vault.nothing");
  const { accountId: _account, ...identity } = JSON.parse(
    openRecord(k.keys.kek, personId, record),
  ) as PetitionerIdentity & { accountId?: string };
  return identity;
}
