import type { Actor } from "../actor.ts";
import { visibleTo } from "../audience/visible-of.ts";
import type { Kernel } from "../kernel.ts";

/** The cases a leader has taken upon himself and has not ended, oldest first; what he may not see any more is left out. */
export async function chargesOf(
  k: Kernel,
  actor: Actor,
): Promise<readonly { readonly caseId: string; readonly takenAt: string }[]> {
  const { rows } = await k.pool.query<{ caseId: string; takenAt: Date }>(
    `select case_id as "caseId", taken_at as "takenAt" from kernel.charges
      where leader_id = $1 and ended_at is null order by taken_at, id`,
    [actor.personId],
  );
  const seen = new Set(
    await visibleTo(
      k,
      actor,
      rows.map((row) => row.caseId),
    ),
  );
  return rows.flatMap(({ caseId, takenAt }) => (seen.has(caseId) ? [{ caseId, takenAt: takenAt.toISOString() }] : []));
}
