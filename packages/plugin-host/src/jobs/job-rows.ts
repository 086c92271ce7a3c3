import type { Pool } from "pg";

/** A job of a plugin, and for whom it runs. */
export interface JobOf {
  readonly pluginId: string;
  readonly job: string;
  readonly scope: "unit" | "platform" | "everyUnit";
}

export interface Turn extends JobOf {
  readonly unitId: string;
  readonly dueAt: Date;
}

/** Units for which the job runs now: those where the plugin is on, all in force, or the topmost one for all of them. */
const AT = {
  unit: `select e.unit_id from kernel.plugin_effective e join kernel.units u on u.id = e.unit_id
    where e.plugin_id = $1 and e.enabled and u.valid_until is null`,
  everyUnit: `select e.unit_id from kernel.plugin_effective e join kernel.units u on u.id = e.unit_id
    where e.plugin_id = $1 and u.valid_until is null`,
  platform: `(select u.id as unit_id from kernel.units u where u.parent_id is null
      and exists (select from kernel.plugin_effective e where e.plugin_id = $1 and e.enabled) order by u.code limit 1)`,
} as const;

/** Plans the first turn at units where the plugin was switched on since. */
export async function planTurns(pool: Pool, { pluginId, job, scope }: JobOf, now: Date): Promise<void> {
  await pool.query(
    `insert into kernel.plugin_job (plugin_id, job, unit_id, due_at)
     select $1, $2, at.unit_id, $3 from (${AT[scope]}) at
      where not exists (select from kernel.plugin_job j where j.plugin_id = $1 and j.job = $2 and j.unit_id = at.unit_id)
     on conflict do nothing`,
    [pluginId, job, now],
  );
}

/** Takes turns that are due and that no other process is at, those that are due the longest first. */
export async function takeTurns(
  pool: Pool,
  of: JobOf,
  now: Date,
  { leaseMs, most }: { readonly leaseMs: number; readonly most: number },
): Promise<readonly Turn[]> {
  const { rows } = await pool.query<{ unit_id: string; due_at: Date }>(
    `with due as (
       select c.unit_id from kernel.plugin_job c
        where c.plugin_id = $1 and c.job = $2 and c.due_at <= $3
          and (c.claimed_until is null or c.claimed_until < clock_timestamp())
          and c.unit_id in (${AT[of.scope]})
        order by c.due_at, c.unit_id limit $5 for update of c skip locked)
     update kernel.plugin_job j set claimed_until = clock_timestamp() + $4 * interval '1 millisecond'
       from due where j.plugin_id = $1 and j.job = $2 and j.unit_id = due.unit_id
     returning j.unit_id, j.due_at`,
    [of.pluginId, of.job, now, leaseMs, most],
  );
  return rows
    .map((row) => ({ ...of, unitId: row.unit_id, dueAt: row.due_at }))
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** The turn is over, well or not: the next one comes at its time. Whoever was overtaken changes nothing. */
export async function endTurn(
  pool: Pool,
  turn: Turn,
  end: { readonly at: Date; readonly next: Date; readonly failed: boolean },
): Promise<void> {
  await pool.query(
    `update kernel.plugin_job set due_at = $5, claimed_until = null, ran_at = $6,
        failures = case when $7 then failures + 1 else 0 end
      where plugin_id = $1 and job = $2 and unit_id = $3 and due_at = $4`,
    [turn.pluginId, turn.job, turn.unitId, turn.dueAt, end.next, end.at, end.failed],
  );
}

/** Turns that were not finished: they are due as before, for whoever comes next. */
export async function leaveTurns(pool: Pool, { pluginId, job }: JobOf, turns: readonly Turn[]): Promise<void> {
  await pool.query(
    `update kernel.plugin_job j set claimed_until = null
       from unnest($3::uuid[], $4::timestamptz[]) as t(unit_id, due_at)
      where j.plugin_id = $1 and j.job = $2 and j.unit_id = t.unit_id and j.due_at = t.due_at`,
    [pluginId, job, turns.map((one) => one.unitId), turns.map((one) => one.dueAt)],
  );
}
