import type { Role } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { isLiveGrant } from "../units/living.ts";

/** At one unit a department may be large; nobody needs a hundred people told of one petition. */
const MOST = 50;

/**
 * Who holds one of the roles over the unit today: those at the unit itself first, then those of each unit above whose
 * role covers it, so that whoever tells can go on upwards where nobody nearer may know.
 */
export async function roleHolders(
  k: Pick<Kernel, "pool" | "now">,
  unitId: string,
  roles: readonly Role[],
): Promise<readonly (readonly string[])[]> {
  const { rows } = await k.pool.query<{ people: string[] }>({
    name: "role_holders",
    text: `select array_agg(distinct h.person_id) as people from (
        select g.person_id, array_position(u.path, g.unit_id) as near
          from kernel.units u
          join kernel.role_grants g on g.unit_id = any (u.path) and g.role = any ($2::text[]) and (g.subtree or g.unit_id = u.id)
          join kernel.units gu on gu.id = g.unit_id
          join kernel.people p on p.id = g.person_id and p.active
         where u.id = $1 and ${isLiveGrant("g", "gu", "$3")}) h
      group by h.near order by h.near desc`,
    values: [unitId, roles, k.now()],
  });
  return rows.map((r) => r.people.slice(0, MOST));
}
