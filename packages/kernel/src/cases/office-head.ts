import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { isLiveGrant } from "../units/living.ts";

/**
 * Whether somebody heads the petition office where the case is held and may approve there: one who drafted the letter,
 * handles the case or stands out of it must not keep it waiting.
 */
export async function officeHeadAtWork(k: Kernel, c: LoadedCase): Promise<boolean> {
  if (c.confidentiality === 3) return false;
  const drafters = c.notices.flatMap((n) => (n.state === "submitted" && n.draftedBy ? [n.draftedBy] : []));
  const { rows } = await k.pool.query<{ there: boolean }>(
    `select exists (select 1 from kernel.role_grants g join kernel.units gu on gu.id = g.unit_id
        join kernel.people p on p.id = g.person_id and p.active
       where g.role = 'officeHead' and (g.unit_id = $1 or (g.subtree and g.unit_id = any ($2::uuid[])))
         and p.id <> all ($3::uuid[]) and ${isLiveGrant("g", "gu", "$4")}) as there`,
    [c.holderUnitId, c.holderPath, [...drafters, ...c.recused, ...(c.handlerId ? [c.handlerId] : [])], k.now()],
  );
  return rows[0]?.there ?? false;
}
