import type { Kernel } from "../kernel.ts";
import { apply, isStale } from "../pipeline/apply.ts";
import { type RunOptions, single } from "../workers/single.ts";
import { type DueClock, signalRows } from "./signal-rows.ts";

type Swept = Pick<Kernel, "pool" | "now" | "newId" | "rules" | "log">;

const BATCH = 500;

/**
 * Ordered by `next_at` on purpose: without, the generic plan takes a third of the table for a match and reads it from
 * the start. The limit stands inside, so that cases are looked up for due clocks alone.
 */
export const CLOCKS_DUE = `select to_jsonb(k) as clock, to_jsonb(c) - 'title' - 'body' - 'already_tried' - 'desired_outcome' as case,
    u.time_zone as "timeZone"
  from (select * from kernel.clocks where next_at <= $1 order by next_at limit $2) k
  join kernel.cases c on c.id = k.case_id join kernel.units u on u.id = c.holder_unit_id
  order by k.next_at, k.id`;

async function dueClocks(k: Swept, limit: number): Promise<readonly DueClock[]> {
  const { rows } = await k.pool.query<DueClock>({ name: "clocks_due", text: CLOCKS_DUE, values: [k.now(), limit] });
  return rows;
}

/**
 * Tells of every clock whose next moment has come: entry, event, state, next moment, a batch in one statement. A case
 * that somebody was writing meanwhile makes the batch void; it is read again, smaller, until only that case is left.
 *
 * @returns how many clocks were told of; `null` when another process is at it.
 */
export const sweepClocks = (k: Swept, options: RunOptions = {}): Promise<number | null> =>
  single(k.pool, "sweep", options, async () => {
    let swept = 0;
    for (let size = BATCH; ; ) {
      const due = await dueClocks(k, size);
      if (due.length === 0) return swept;
      try {
        await apply(k.pool, signalRows(k, due, k.now()));
        swept += due.length;
        size = BATCH;
      } catch (error) {
        if (!isStale(error)) throw error;
        size = Math.max(1, Math.floor(due.length / 4));
      }
    }
  });
