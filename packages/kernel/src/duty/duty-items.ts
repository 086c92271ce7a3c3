import type { Actor } from "../actor.ts";
import { mayAnywhere } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import type { OverviewItem } from "../overview/handlers.ts";
import { isCovered } from "../units/coverage.ts";

/** SQL: whether for a week from now somebody is on the roster at the unit or above, or an officer or leader stands in. */
export const hasDuty = (unit: string, roles: string, now: string): string =>
  `(${isCovered(unit, roles, now)} or coalesce((
      select range_agg(tstzrange(s.from_at, s.until_at)) @> tstzrange(${now}::timestamptz, ${now}::timestamptz + interval '7 days')
        from kernel.duty_shifts s join kernel.people h on h.id = s.person_id and h.active
       where s.removed_at is null and s.unit_id = any (${unit}.path) and s.until_at > ${now}), false))`;

/** Urgent petitions of which nobody at all could be told: how many, never which, to whoever answers for the house. */
export async function unpagedItems(k: Pick<Kernel, "pool">, actor: Actor): Promise<OverviewItem[]> {
  if (!mayAnywhere(actor, "platform.manage")) return [];
  const { rows } = await k.pool.query<{ count: number }>(
    "select count(*)::int as count from kernel.duty_pages where nobody_since is not null and taken_at is null",
  );
  const count = rows[0]?.count ?? 0;
  return count === 0 ? [] : [{ level: "red", code: "dutyNobody", params: { count }, unit: null }];
}
