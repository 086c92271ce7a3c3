import { DoorstepError } from "@doorstep/contracts";
import { type Actor, mayAnywhere } from "../actor.ts";
import { holdsAt } from "../actor-scope.ts";
import type { Change } from "../change.ts";
import { isLiveGrant } from "../units/living.ts";
import { unitPath } from "../units/unit-path.ts";
import { grantsOf } from "./read-grants.ts";

const ADMINS_LOCK = 7_301_002;

export interface LockedPerson {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly kind: string;
  readonly unitId: string;
  readonly active: boolean;
  readonly version: number;
}

/** The person, locked until the transaction ends. @throws DoorstepError `person.notFound` */
export async function lockPerson(change: Change, personId: string): Promise<LockedPerson> {
  const { rows } = await change.client.query<LockedPerson>(
    `select id, username, name, kind, unit_id as "unitId", active, version from kernel.people where id = $1 for update`,
    [personId],
  );
  const row = rows[0];
  if (!row) throw new DoorstepError("person.notFound");
  return row;
}

/** Whoever does not administer somebody's unit does not learn that he exists. @throws DoorstepError `person.notFound` */
export async function assertAdministers(change: Change, actor: Actor, person: LockedPerson): Promise<void> {
  if (!holdsAt(actor, "people.manage", await unitPath(change.client, person.unitId)))
    throw new DoorstepError("person.notFound");
}

/**
 * Taking over or stopping an account takes its roles over or stops them: so only who administers every unit where the
 * person holds a role may do it. @throws DoorstepError `grant.outside`
 */
export async function assertAdministersAllRoles(change: Change, actor: Actor, person: LockedPerson): Promise<void> {
  const grants = await grantsOf(change.client, [person.id], change.at);
  const beyond = grants.some(
    (grant) =>
      !holdsAt(actor, "people.manage", grant.path) ||
      (grant.role === "platformAdmin" && !mayAnywhere(actor, "platform.manage")),
  );
  if (beyond) throw new DoorstepError("grant.outside");
}

/**
 * Refuses what would leave the platform without an administrator. Whoever holds the role only until a day does not
 * count; those who ask wait for each other, so that two cannot leave at once. @throws DoorstepError `grant.lastAdmin`
 */
export async function assertNotLastAdmin(
  change: Change,
  leaving: { readonly personId: string; readonly grantId?: string },
): Promise<void> {
  await change.client.query("select pg_advisory_xact_lock($1)", [ADMINS_LOCK]);
  const { rows } = await change.client.query<{ leaves: boolean; others: boolean }>(
    `with admins as (
       select g.id, g.person_id from kernel.role_grants g join kernel.people p on p.id = g.person_id
         join kernel.units u on u.id = g.unit_id
        where g.role = 'platformAdmin' and g.valid_until is null and p.active and ${isLiveGrant("g", "u", "$1")})
     select exists (select 1 from admins where person_id = $2 and ($3::uuid is null or id = $3)) as leaves,
       exists (select 1 from admins where person_id <> $2 or ($3::uuid is not null and id <> $3)) as others`,
    [change.at, leaving.personId, leaving.grantId ?? null],
  );
  if (rows[0]?.leaves && !rows[0].others) throw new DoorstepError("grant.lastAdmin");
}
