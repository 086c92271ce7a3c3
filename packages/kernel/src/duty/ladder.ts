import type { Role } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { seesAsStaff } from "../notifications/may-be-told.ts";
import { loadActor } from "../people/load-actor.ts";
import { isLiveGrant } from "../units/living.ts";

/** People who are paged together: those of the roster, else the petition office, else the leaders of one level. */
export interface Rung {
  /** place of the unit in its path: the root is 1 */
  readonly level: number;
  readonly people: readonly string[];
}

/** The petition office stands in for an empty roster, its leaders for the office [SPEC §3 Unit.dutyRoster]. */
export const standIns: readonly Role[] = ["officer", "signer", "chargeLeader"];
const officeFirst: readonly Role[] = ["officer", "discipline"];

const LADDER = `select x.level::int as level, array_agg(distinct x.person_id) as people from (
    select s.person_id, array_position(u.path, s.unit_id) as level, 1 as rank
      from kernel.units u join kernel.duty_shifts s on s.unit_id = any (u.path)
     where u.id = $1 and s.removed_at is null and s.from_at <= $3 and s.until_at > $3
    union all
    select g.person_id, array_position(u.path, g.unit_id), case when g.role = any ($4::text[]) then 2 else 3 end
      from kernel.units u join kernel.role_grants g on g.unit_id = any (u.path) and g.role = any ($2::text[])
        and (g.subtree or g.unit_id = u.id)
      join kernel.units gu on gu.id = g.unit_id
     where u.id = $1 and ${isLiveGrant("g", "gu", "$3")}) x
  join kernel.people p on p.id = x.person_id and p.active
  group by x.level, x.rank order by x.level desc, x.rank`;

/** Everybody who could be paged for a unit now, nearest first; who may know of a certain case is another question. */
export async function rungsOf(
  k: Pick<Kernel, "pool" | "now">,
  unitId: string,
  roles: readonly Role[] = standIns,
): Promise<readonly Rung[]> {
  const { rows } = await k.pool.query<Rung>({
    name: "duty_ladder",
    text: LADDER,
    values: [unitId, roles, k.now(), officeFirst],
  });
  return rows;
}

/** The unit whose people answer for the case: an accusation is the organ's alone. */
const CASE_UNIT = `select coalesce(o.unit_id, c.holder_unit_id) as "unitId", c.confidentiality
  from kernel.cases c left join kernel.offices o on o.id = c.organ_id and c.confidentiality = 3 where c.id = $1`;

/**
 * Who is to be paged of a petition, nearest first: each passes the one predicate, so that neither a respondent nor
 * somebody recused stands in it.
 */
export async function ladderOf(k: Pick<Kernel, "pool" | "now" | "keys">, caseId: string): Promise<readonly Rung[]> {
  const { rows } = await k.pool.query<{ unitId: string; confidentiality: number }>(CASE_UNIT, [caseId]);
  const [found] = rows;
  if (!found) return [];
  const rungs = await rungsOf(k, found.unitId, found.confidentiality === 3 ? ["discipline"] : standIns);
  const now = k.now();
  const people = [...new Set(rungs.flatMap((r) => r.people))];
  const actors = (await Promise.all(people.map((id) => loadActor(k, id, now)))).filter(
    (a): a is Actor => a !== undefined,
  );
  const seeing = new Set([...(await seesAsStaff(k, actors, caseId))].map((a) => a.personId));
  return rungs.map((r) => ({ ...r, people: r.people.filter((p) => seeing.has(p)) })).filter((r) => r.people.length > 0);
}

/** First whoever is nearest, together with the next level [SPEC §5 K23]; then one rung after the other, and again. */
export function pagedAt(rungs: readonly Rung[], step: number): readonly string[] {
  const rung = rungs[step % Math.max(1, rungs.length)];
  if (!rung) return [];
  const nextLevel = step === 0 ? rungs.find((r) => r.level < rung.level) : undefined;
  return [...new Set([...rung.people, ...(nextLevel?.people ?? [])])];
}
