import type { PetitionerIdentity } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { usernameOf } from "../people/change-person.ts";
import { kinOf } from "./kin.ts";

/** Whom a case is about, and who of the house filed it, where that is known. */
export interface Concerned {
  readonly people: readonly string[];
  readonly units: readonly string[];
  readonly petitionerId?: string | null;
}

/**
 * Who of the house a petitioner is who filed without an account: told by his service number, the user name he would have.
 * Asked in the moment he names himself, and kept nowhere.
 */
export async function personNamed(
  k: Pick<Kernel, "pool">,
  said: { readonly anonymity: string; readonly petitioner?: PetitionerIdentity | undefined },
): Promise<string | null> {
  const serviceNo = said.anonymity === "anonymous" ? undefined : said.petitioner?.serviceNo;
  if (!serviceNo) return null;
  const { rows } = await k.pool.query<{ id: string }>("select id from kernel.people where username = $1", [
    usernameOf(serviceNo),
  ]);
  return rows[0]?.id ?? null;
}

/** Somebody who must stand out of a case, and the check that found it. */
export interface Conflict {
  readonly personId: string;
  readonly ground: "position" | "kin" | "mediator";
}

/**
 * Respondents and respondent units against the person `p`: himself, whoever serves in his immediate unit, leads it, or
 * has duties below one who leads; of a unit, whoever leads it or belongs to it and has duties anywhere [SPEC §6(8)].
 */
const inConflict = (people: string, units: string): string => `p.id = any (${people})
  or p.unit_id in (select r.unit_id from kernel.people r where r.id = any (${people}))
  or exists (select from kernel.role_grants g join kernel.people r on r.unit_id = g.unit_id
              where g.person_id = p.id and g.role = 'signer' and g.revoked_on is null and r.id = any (${people}))
  or exists (select from kernel.role_grants mine join kernel.units u on u.id = mine.unit_id
               join kernel.role_grants lead on lead.role = 'signer' and lead.revoked_on is null
                and lead.person_id = any (${people}) and u.path @> array[lead.unit_id]
              where mine.person_id = p.id and mine.revoked_on is null)
  or exists (select from kernel.role_grants g where g.person_id = p.id and g.revoked_on is null
              and (g.role = 'signer' and g.unit_id = any (${units})
                or exists (select from kernel.units h where h.id = p.unit_id and h.path && ${units})))`;

const NEAR = `select p.id from kernel.people p where ${inConflict("$1::uuid[]", "$2::uuid[]")}`;

/** Cases that are not filed away, with whom they are about, where somebody is in conflict and does not stand out yet. */
const NEAR_NOW = `select m.case_id as id from kernel.people p cross join (
    select c.id as case_id, array_agg(x.person_id) as people, array_agg(x.unit_id) as units
      from kernel.respondents x join kernel.cases c on c.id = x.case_id
     where x.kind <> 'words' and c.status <> 'archived' group by c.id) m
  where p.id = $1 and not exists (select from kernel.recusals o
      where o.person_id = p.id and o.case_id = m.case_id and o.source = 'computed')
    and (${inConflict("m.people", "m.units")}) order by m.case_id`;

/** Cases in which somebody must stand out since his unit or his duties are others. */
export async function conflictsSince(k: Pick<Kernel, "pool">, personId: string): Promise<readonly string[]> {
  const { rows } = await k.pool.query<{ id: string }>(NEAR_NOW, [personId]);
  return rows.map((r) => r.id);
}

async function byPosition(k: Pick<Kernel, "pool">, { people, units }: Concerned): Promise<readonly string[]> {
  if (people.length + units.length === 0) return [];
  const { rows } = await k.pool.query<{ id: string }>(NEAR, [people, units]);
  return rows.map((r) => r.id);
}

/** Everybody whom the system keeps out of the case, each once. */
export async function conflictsOf(k: Pick<Kernel, "pool" | "keys">, on: Concerned): Promise<readonly Conflict[]> {
  const near = [...on.people, ...(on.petitionerId ? [on.petitionerId] : [])];
  const [positions, kin] = await Promise.all([byPosition(k, on), kinOf(k, near)]);
  const standing = new Set(positions);
  return [
    ...positions.map((personId) => ({ personId, ground: "position" }) as const),
    ...kin.filter((id) => !standing.has(id)).map((personId) => ({ personId, ground: "kin" }) as const),
  ];
}

/** As rows of the statement that makes the conflict: whoever is in one is out at once. */
export const conflictRows = (caseId: string, at: string, found: readonly Conflict[]): readonly object[] =>
  found.map(({ personId, ground }) => ({
    person_id: personId,
    case_id: caseId,
    source: "computed",
    state: "granted",
    ground,
    reason: "",
    at,
  }));
