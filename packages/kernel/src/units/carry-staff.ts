import { type Role, sensitiveRoles } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { isLiveGrant, localDay } from "./living.ts";

/** Where the people of a unit that ends go, and those whose roles count there though they belong elsewhere. */
export interface StaffMove {
  readonly from: string;
  readonly heirs: readonly string[];
  readonly rest: string;
  readonly people: ReadonlyMap<string, string>;
}

interface Grant {
  readonly id: string;
  readonly personId: string;
  readonly role: Role;
  readonly subtree: boolean;
  readonly pending: boolean;
  readonly own: boolean;
}

interface NewGrant {
  readonly id: string;
  readonly old: Grant;
  readonly unit: string;
  readonly pending: boolean;
}

/** People of the unit change to an heir with their accounts. @returns how many active ones went to each. */
export async function carryPeople(change: Change, move: StaffMove): Promise<ReadonlyMap<string, number>> {
  const { rows } = await change.client.query<{ id: string; active: boolean }>(
    "select id, active from kernel.people where unit_id = $1 order by id for update",
    [move.from],
  );
  const count = new Map<string, number>();
  for (const person of rows) {
    const unit = move.people.get(person.id) ?? move.rest;
    await change.client.query("update kernel.people set unit_id = $2, version = version + 1 where id = $1", [
      person.id,
      unit,
    ]);
    await recordFact(change.client, {
      stream: unit,
      at: change.at,
      type: "person.changed",
      actor: change.by,
      facts: { act: "updated", person: person.id, fields: ["unitId"], active: person.active, fromUnit: move.from },
    });
    if (person.active) count.set(unit, (count.get(unit) ?? 0) + 1);
  }
  return count;
}

/** Whose role counts where: people of the unit at the heir they go to, all others at every one of them. */
const placesOf = (move: StaffMove, grant: Grant): readonly string[] => {
  const assigned = move.people.get(grant.personId);
  if (assigned) return [assigned];
  return grant.own ? [move.rest] : move.heirs;
};

/** A role held already, at least as wide, is not given again. */
async function heldAt(change: Change, grant: Grant, unit: string): Promise<boolean> {
  const { rowCount } = await change.client.query(
    `select 1 from kernel.role_grants g join kernel.units u on u.id = g.unit_id
      where g.person_id = $1 and g.role = $2 and g.unit_id = $3 and (g.subtree or not $4) and not g.pending
        and g.revoked_on is null and ${isLiveGrant("g", "u", "$5")}`,
    [grant.personId, grant.role, unit, grant.subtree, change.at],
  );
  return (rowCount ?? 0) > 0;
}

/**
 * Roles at the unit end there and go on at its heirs with the same reach and the same last day. Whoever carries out the
 * change gains nothing by it: a role of his own that reads sensitive content waits for a second administrator.
 *
 * @returns how many people hold a role at an heir that they did not hold there before
 */
export async function carryGrants(change: Change, move: StaffMove): Promise<number> {
  const { rows } = await change.client.query<Grant>(
    `select g.id, g.person_id as "personId", g.role, g.subtree, g.pending, p.unit_id = $1 or p.unit_id = any($3::uuid[]) as own
       from kernel.role_grants g join kernel.people p on p.id = g.person_id join kernel.units u on u.id = g.unit_id
      where g.unit_id = $1 and g.revoked_on is null and (g.valid_until is null or g.valid_until >= ${localDay("u", "$2")})
      order by g.id for update of g`,
    [move.from, change.at, move.heirs],
  );
  const gaining = new Set<string>();
  for (const old of rows) {
    for (const unit of placesOf(move, old)) {
      if (await heldAt(change, old, unit)) continue;
      const own = change.by === `person:${old.personId}` && sensitiveRoles.includes(old.role);
      await give(change, { id: change.newId(), old, unit, pending: old.pending || own });
      gaining.add(old.personId);
    }
  }
  await change.client.query(
    `update kernel.role_grants g set revoked_by = $2, revoked_on = ${localDay("u", "$3")}
       from kernel.units u where g.id = any($1::uuid[]) and u.id = g.unit_id`,
    [rows.map((g) => g.id), change.by.startsWith("person:") ? change.by.slice("person:".length) : null, change.at],
  );
  return gaining.size;
}

async function give(change: Change, grant: NewGrant): Promise<void> {
  await change.client.query(
    `insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, valid_until, why, granted_by, pending, confirmed_by, at)
     select $2, g.person_id, g.role, u.id, g.subtree, greatest(g.valid_from, ${localDay("u", "$5")}), g.valid_until, g.why,
       g.granted_by, $4, case when $4 then null else g.confirmed_by end, $5
      from kernel.role_grants g, kernel.units u where g.id = $1 and u.id = $3`,
    [grant.old.id, grant.id, grant.unit, grant.pending, change.at],
  );
  await recordFact(change.client, {
    stream: grant.unit,
    at: change.at,
    type: "grant.changed",
    actor: change.by,
    facts: {
      act: grant.pending ? "asked" : "carried",
      grant: grant.id,
      of: grant.old.id,
      person: grant.old.personId,
      role: grant.old.role,
      subtree: grant.old.subtree,
    },
  });
}

/** Offices go on at one heir: a discipline organ keeps its key and its accusations, a second petition office ends. */
export async function carryOffices(change: Change, move: Pick<StaffMove, "from" | "rest">): Promise<number> {
  await change.client.query(
    `update kernel.offices o set valid_until = ${localDay("u", "$3")} from kernel.units u
      where u.id = o.unit_id and o.unit_id = $1 and o.kind = 'petitionOffice' and o.valid_until is null
        and exists (select from kernel.offices x where x.unit_id = $2 and x.kind = o.kind and x.valid_until is null)`,
    [move.from, move.rest, change.at],
  );
  const { rowCount } = await change.client.query(
    "update kernel.offices set unit_id = $2 where unit_id = $1 and valid_until is null",
    [move.from, move.rest],
  );
  return rowCount ?? 0;
}
