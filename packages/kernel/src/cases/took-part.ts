import type { Actor } from "../actor.ts";
import { visibleTo } from "../audience/visible-of.ts";
import type { Kernel } from "../kernel.ts";

/** Who of these people handled, drafted, signed, reviewed or ended which of these cases; of cases the actor may see alone. */
export async function tookPart(
  k: Kernel,
  actor: Actor,
  { caseIds, people }: { readonly caseIds: readonly string[]; readonly people: readonly string[] },
): Promise<readonly { readonly caseId: string; readonly personId: string }[]> {
  const { rows } = await k.pool.query<{ caseId: string; personId: string }>(
    `select case_id as "caseId", person_id as "personId" from kernel.case_actors
      where case_id = any ($1::uuid[]) and person_id = any ($2::uuid[])
      union select id, handler_id from kernel.cases where id = any ($1::uuid[]) and handler_id = any ($2::uuid[])
      order by 1, 2`,
    [await visibleTo(k, actor, caseIds), people],
  );
  return rows;
}
