import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { personKey } from "../vault/keys.ts";
import { type Kinship, revealedPerson, sealedPerson } from "./kin.ts";
import { standOut } from "./stand-out.ts";

/** More would be a list of people whom somebody does not want near his case. */
const MOST = 20;

/** Open cases in which one of the two is complained of or has filed: there the other stands out from now on. */
const AFFECTED = `select distinct x.case_id as "caseId", x.person_id as "personId" from (
    select r.case_id, o.other as person_id from (values ($1::uuid, $2::uuid), ($2, $1)) o(concerned, other)
      join kernel.respondents r on r.person_id = o.concerned
    union select a.case_id, o.other from (values ($3::uuid, $2::uuid), ($4, $1)) o(key, other)
      join kernel.case_audience a on a.key = o.key and a.depth = -1) x
  join kernel.cases c on c.id = x.case_id where c.status <> 'archived'
   and not exists (select from kernel.recusals r where r.case_id = x.case_id and r.person_id = x.person_id and r.source = 'computed')`;

/**
 * A person declares who of the house is his kin. Only the check that keeps kin out of a case reads it, besides himself.
 *
 * @throws DoorstepError `person.notFound`, `kin.oneself`, `kin.tooMany`
 */
export async function declareKin(k: Kernel, actor: Actor, otherId: string): Promise<{ readonly ok: true }> {
  if (otherId === actor.personId) throw new DoorstepError("kin.oneself");
  const { rowCount } = await k.pool.query("select 1 from kernel.people where id = $1", [otherId]);
  if (!rowCount) throw new DoorstepError("person.notFound");
  const mine = personKey(k.keys, actor.personId);
  const theirs = personKey(k.keys, otherId);
  const { rows } = await k.pool.query<{ n: number }>(
    "select count(*)::int as n from kernel.kinships where declarer_key = $1 and ended_at is null",
    [mine],
  );
  if ((rows[0]?.n ?? 0) >= MOST) throw new DoorstepError("kin.tooMany", { most: MOST });
  const id = k.newId();
  // that somebody declared something is on record; whom he named is not
  await recordAccess(k, { type: "kin.declared", actor: `person:${actor.personId}`, facts: {} });
  await k.pool.query(
    `insert into kernel.kinships (id, declarer_key, other_key, declarer, other, declared_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [id, mine, theirs, sealedPerson(k, id, "declarer", actor.personId), sealedPerson(k, id, "other", otherId), k.now()],
  );
  const affected = await k.pool.query<{ caseId: string; personId: string }>(AFFECTED, [
    actor.personId,
    otherId,
    mine,
    theirs,
  ]);
  for (const { caseId, personId } of affected.rows) await standOut(k, caseId, [{ personId, ground: "kin" }]);
  return { ok: true };
}

/** Holds from now on: whoever stood out of a case for it stays out of that case. */
export async function endKin(k: Kernel, actor: Actor, id: string): Promise<{ readonly ok: true }> {
  const { rowCount } = await k.pool.query(
    "update kernel.kinships set ended_at = $3 where id = $1 and declarer_key = $2 and ended_at is null",
    [id, personKey(k.keys, actor.personId), k.now()],
  );
  if (!rowCount) throw new DoorstepError("kin.notFound");
  await recordAccess(k, { type: "kin.ended", actor: `person:${actor.personId}`, facts: {} });
  return { ok: true };
}

/** What somebody has declared himself, for himself alone. */
export async function ownKin(
  k: Kernel,
  actor: Actor,
): Promise<{ id: string; person: { id: string; name: string }; declaredAt: string }[]> {
  const { rows } = await k.pool.query<Kinship & { declared_at: Date }>(
    `select id, declarer_key, declarer, other, declared_at from kernel.kinships
      where declarer_key = $1 and ended_at is null order by declared_at, id`,
    [personKey(k.keys, actor.personId)],
  );
  const ids = rows.map((row) => revealedPerson(k, row, "other"));
  const names = await k.pool.query<{ id: string; name: string }>(
    "select id, name from kernel.people where id = any ($1::uuid[])",
    [ids],
  );
  const nameOf = new Map(names.rows.map((p) => [p.id, p.name]));
  return rows.map((row, n) => ({
    id: row.id,
    person: { id: ids[n] ?? "", name: nameOf.get(ids[n] ?? "") ?? "" },
    declaredAt: row.declared_at.toISOString(),
  }));
}
