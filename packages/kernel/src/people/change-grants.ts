import { DoorstepError, type Role, sensitiveRoles } from "@doorstep/contracts";
import { type Actor, mayAnywhere } from "../actor.ts";
import { assertMayAt, holdsAt, inScope, scopeOf } from "../actor-scope.ts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { lockLivingUnit } from "../units/lock-units.ts";
import { type Reader, unitPath } from "../units/unit-path.ts";
import { assertNotLastAdmin, lockPerson } from "./authority.ts";
import { grantsOf, lockGrant, type ReadGrant, toWireGrant } from "./read-grants.ts";

export interface NewGrant {
  readonly personId: string;
  readonly role: Role;
  readonly unitId: string;
  readonly subtree: boolean;
  /** last day, a local date of the unit */
  readonly until: string | null;
  readonly why: string;
}

async function recordGrant(
  change: Change,
  act: string,
  grant: Pick<ReadGrant, "id" | "personId" | "role" | "subtree"> & { readonly unitId: string },
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await recordFact(change.client, {
    stream: grant.unitId,
    at: change.at,
    type: "grant.changed",
    actor: change.by,
    facts: { act, grant: grant.id, person: grant.personId, role: grant.role, subtree: grant.subtree, ...more },
  });
}

/**
 * Gives somebody a role at a unit. A role that reads sensitive content waits until a second administrator confirms it.
 *
 * @throws DoorstepError `grant.self`, `grant.outside`, `grant.exists`, `person.notFound`, `unit.notFound`,
 *   `unit.retired`, `input.invalid` for an end that lies behind
 */
export async function grantRole(change: Change, actor: Actor, input: NewGrant): Promise<string> {
  if (actor.personId === input.personId) throw new DoorstepError("grant.self");
  const path = await unitPath(change.client, input.unitId);
  assertMayAt(actor, "people.manage", path, "grant.outside");
  if (input.role === "platformAdmin" && !mayAnywhere(actor, "platform.manage"))
    throw new DoorstepError("grant.outside");
  const unit = await lockLivingUnit(change, input.unitId);
  if (input.until !== null && input.until < unit.today) throw new DoorstepError("input.invalid");
  const person = await lockPerson(change, input.personId);
  if (!person.active) throw new DoorstepError("person.notFound");
  const held = await grantsOf(change.client, [person.id], change.at);
  if (held.some((grant) => grant.role === input.role && grant.unit.id === unit.id))
    throw new DoorstepError("grant.exists");

  const id = change.newId();
  const pending = sensitiveRoles.includes(input.role);
  await change.client.query(
    `insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, valid_until, why, granted_by, pending, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      person.id,
      input.role,
      unit.id,
      input.subtree,
      unit.today,
      input.until,
      input.why,
      actor.personId,
      pending,
      change.at,
    ],
  );
  await recordGrant(change, pending ? "asked" : "granted", { id, ...input }, { until: input.until });
  return id;
}

/** The unit whose administrator has to agree: the superior one; the root has only itself. */
const superiorPath = (path: readonly string[]): readonly string[] => (path.length > 1 ? path.slice(1) : path);

const mayConfirm = (actor: Actor, grant: ReadGrant): boolean =>
  actor.personId !== grant.personId &&
  actor.personId !== grant.grantedById &&
  holdsAt(actor, "people.manage", superiorPath(grant.path));

/**
 * Agrees to a sensitive role as the second administrator.
 *
 * @throws DoorstepError `grant.notFound`, `grant.self`, `grant.needsSecond`
 */
export async function confirmGrant(change: Change, actor: Actor, grantId: string): Promise<string> {
  const grant = await lockGrant(change.client, grantId);
  const isConcerned =
    grant && (holdsAt(actor, "people.manage", grant.path) || holdsAt(actor, "people.manage", superiorPath(grant.path)));
  if (!isConcerned || grant.revoked || !grant.pending) throw new DoorstepError("grant.notFound");
  if (actor.personId === grant.personId) throw new DoorstepError("grant.self");
  if (!mayConfirm(actor, grant)) throw new DoorstepError("grant.needsSecond");
  const unit = await lockLivingUnit(change, grant.unit.id);
  await change.client.query(
    "update kernel.role_grants set pending = false, confirmed_by = $2, valid_from = $3 where id = $1",
    [grant.id, actor.personId, unit.today],
  );
  await recordGrant(change, "confirmed", { ...grant, unitId: grant.unit.id });
  return grant.personId;
}

/**
 * Takes a role away as of now, or refuses one that waits.
 *
 * @throws DoorstepError `grant.notFound`, `grant.outside`, `grant.lastAdmin`
 */
export async function revokeGrant(change: Change, actor: Actor, grantId: string): Promise<string> {
  const grant = await lockGrant(change.client, grantId);
  const administers =
    grant &&
    (holdsAt(actor, "people.manage", grant.path) ||
      (grant.pending && holdsAt(actor, "people.manage", superiorPath(grant.path))));
  if (!grant || grant.revoked || !administers) throw new DoorstepError("grant.notFound");
  if (grant.role === "platformAdmin") {
    if (!mayAnywhere(actor, "platform.manage")) throw new DoorstepError("grant.outside");
    await assertNotLastAdmin(change, { personId: grant.personId, grantId: grant.id });
  }
  await change.client.query(
    `update kernel.role_grants g set revoked_by = $2, revoked_on = ($3::timestamptz at time zone u.time_zone)::date
       from kernel.units u where g.id = $1 and u.id = g.unit_id`,
    [grant.id, actor.personId, change.at],
  );
  await recordGrant(change, grant.pending ? "refused" : "revoked", { ...grant, unitId: grant.unit.id });
  return grant.personId;
}

/** What waits for a second administrator where the actor administers: at the unit or one level above. */
export async function pendingGrants(reader: Reader, actor: Actor, now: Date) {
  const scope = scopeOf(actor, "people.manage");
  const { rows } = await reader.query<{ person_id: string; person_name: string; grant_id: string }>(
    `select g.id as grant_id, g.person_id, p.name as person_name
       from kernel.role_grants g join kernel.people p on p.id = g.person_id join kernel.units u on u.id = g.unit_id
       left join kernel.units above on above.id = u.parent_id
      where g.pending and g.revoked_on is null and (${inScope("u", "$1", "$2")} or ${inScope("above", "$1", "$2")})
      order by g.at limit 500`,
    [scope.subtree, scope.flat],
  );
  const names = new Map(rows.map((row) => [row.grant_id, row.person_name]));
  const grants = await grantsOf(reader, [...new Set(rows.map((row) => row.person_id))], now);
  return grants
    .filter((grant) => grant.pending && names.has(grant.id))
    .map((grant) => ({
      ...toWireGrant(grant),
      personId: grant.personId,
      personName: names.get(grant.id) ?? "",
      why: grant.why,
      mayConfirm: mayConfirm(actor, grant),
    }));
}
