import type { ActorGrant, Locale, Role } from "@doorstep/contracts";
import type { Actor, Reach } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { personKey } from "../vault/keys.ts";

/** Roles that see cases by their unit, with the highest level they read there [SPEC §7]; all others see none by it. */
export const ceilings: Partial<Readonly<Record<Role, 1 | 2>>> = {
  clerk: 1,
  custodian: 2,
  officer: 2,
  handler: 2,
  officeHead: 2,
  signer: 2,
  chargeLeader: 2,
  reviewer: 2,
  supervisor: 2,
};

interface PersonRow {
  readonly name: string;
  readonly username: string;
  readonly unit_id: string;
  readonly locale: Locale;
  readonly grants: readonly (ActorGrant & { readonly organs: readonly string[] })[];
  /** cases opened to him at this instant, each under a key of its own */
  readonly accesses: readonly Pick<Reach, "key" | "ceiling">[];
  /** checks that units were asked for where he has a role, each under a key of its own */
  readonly checks: readonly { readonly key: string; readonly unitId: string }[];
}

/** A grant counts from its first to its last day in the time zone of its unit, once nobody has to agree any more. */
const PERSON = `
  select p.name, p.username, p.unit_id, p.locale, coalesce((
    select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id, 'subtree', g.subtree, 'organs', case
      when g.role = 'discipline' then (
        select coalesce(json_agg(o.id), '[]') from kernel.offices o
        where o.unit_id = g.unit_id and o.kind = 'disciplineOrgan' and o.valid_from <= d.today
          and (o.valid_until is null or o.valid_until > d.today))
      else '[]' end) order by g.at, g.id)
    from kernel.role_grants g
    join kernel.units u on u.id = g.unit_id
    cross join lateral (select ($2::timestamptz at time zone u.time_zone)::date as today) d
    where g.person_id = p.id and not g.pending and g.revoked_on is null
      and g.valid_from <= d.today and (g.valid_until is null or g.valid_until >= d.today)
  ), '[]') as grants, array(
    select json_build_object('key', a.id, 'ceiling', a.level) from kernel.accesses a
     where a.person_id = p.id and a.state = 'granted' and a.until > $2) as accesses, array(
    select json_build_object('key', x.id, 'unitId', x.unit_id) from kernel.case_checks x
     where x.ended_at is null and x.until > $2
       and x.unit_id in (select g.unit_id from kernel.role_grants g where g.person_id = p.id)) as checks
  from kernel.people p where p.id = $1 and p.active`;

const isChecker = (role: Role): boolean => role === "officer" || role === "officeHead";

/** Keys of units: the highest level of each, for its subtree, and for the unit alone where that reaches higher. */
function unitReach(grants: readonly ActorGrant[]): readonly Reach[] {
  const highest = new Map<string, Reach>();
  for (const { role, unitId: key, subtree } of grants) {
    const ceiling = ceilings[role];
    const name = `${key} ${subtree}`;
    if (ceiling && ceiling > (highest.get(name)?.ceiling ?? 0)) highest.set(name, { key, flat: !subtree, ceiling });
  }
  return [...highest.values()].filter((r) => !r.flat || r.ceiling > (highest.get(`${r.key} true`)?.ceiling ?? 0));
}

/**
 * Loads who asks: the grants valid at this instant and the keys they give: units, discipline organs.
 *
 * @returns undefined for somebody unknown or disabled.
 */
export async function loadActor(
  kernel: Pick<Kernel, "pool" | "keys">,
  personId: string,
  now: Date,
): Promise<Actor | undefined> {
  const { rows } = await kernel.pool.query<PersonRow>({ name: "load_actor", text: PERSON, values: [personId, now] });
  const [row] = rows;
  if (!row) return undefined;
  return {
    personId,
    name: row.name,
    username: row.username,
    unitId: row.unit_id,
    locale: row.locale,
    grants: row.grants.map(({ role, unitId, subtree }) => ({ role, unitId, subtree })),
    reach: [
      ...unitReach(row.grants),
      ...[...new Set(row.grants.flatMap((grant) => grant.organs))].map(
        (key): Reach => ({ key, flat: false, ceiling: 3 }),
      ),
      ...row.accesses.map(({ key, ceiling }): Reach => ({ key, flat: false, ceiling })),
      // whoever checks for the very unit; not those above it, nor the rest of it
      ...row.checks
        .filter(({ unitId }) => row.grants.some((g) => g.unitId === unitId && isChecker(g.role)))
        .map(({ key }): Reach => ({ key, flat: false, ceiling: 2 })),
    ],
    ownKey: personKey(kernel.keys, personId),
  };
}
