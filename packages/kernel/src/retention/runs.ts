import { type RetentionRound, retentionRounds, retentionTerms } from "@doorstep/contracts";
import { inChange } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { inTransaction } from "../transaction.ts";
import { single } from "../workers/single.ts";
import { type Destroying, destroyOne } from "./destroy.ts";
import { countDue, nextDue } from "./due.ts";
import { forgetEndedKin } from "./forget-kin.ts";
import { RETENTION_STREAM } from "./stream.ts";

const AT_ONCE = 100;

/** Looks what is due and asks a person; where a class was approved before, it goes on under that approval. */
export async function findDue(k: Destroying): Promise<number> {
  let found = 0;
  for (const kind of retentionRounds) {
    const { due, held, oldest } = await countDue(k.pool, kind, k.now());
    if (due === 0) continue;
    await inTransaction(k.pool, async (client) => {
      const { rowCount } = await client.query(
        `insert into kernel.retention_runs (id, class, state, found_at, oldest, due, held, months, decided_by, decided_at)
         select $1, $2, case when a.class is null then 'waiting' else 'approved' end, $3, $4, $5, $6,
           coalesce((select months from kernel.retention_rules where class = $2 and unit_id is null), $7), a.by_person, a.at
           from (select 1) one left join kernel.retention_approvals a on a.class = $2
         on conflict (class) where state in ('waiting', 'approved')
           do update set due = excluded.due, held = excluded.held, oldest = excluded.oldest, found_at = excluded.found_at`,
        [k.newId(), kind, k.now(), oldest, due, held, retentionTerms[kind].usual],
      );
      found += rowCount ?? 0;
    });
  }
  return found;
}

interface Run {
  readonly id: string;
  readonly class: RetentionRound;
  /** what is due after it was counted waits for the next round */
  readonly found_at: Date;
}

/** Does what a person approved, a piece at a time: broken off, it goes on with what is left. */
export async function carryOut(k: Destroying): Promise<number> {
  const { rows } = await k.pool.query<Run>(
    "select id, class, found_at from kernel.retention_runs where state = 'approved'",
  );
  let destroyed = 0;
  for (const run of rows) {
    for (;;) {
      const ids = await nextDue(k.pool, run.class, run.found_at, AT_ONCE);
      let done = 0;
      for (const id of ids) if (await destroyOne(k, run.class, id, run.id)) done += 1;
      await k.pool.query("update kernel.retention_runs set destroyed = destroyed + $2 where id = $1", [run.id, done]);
      destroyed += done;
      if (done === 0) break;
    }
    await close(k, run);
  }
  return destroyed;
}

const close = (k: Destroying, run: Run): Promise<void> =>
  inChange(k as Kernel, "system", async (change) => {
    const { rows } = await change.client.query<{ destroyed: number; decided_by: string | null }>(
      `update kernel.retention_runs set state = 'done', finished_at = $2 where id = $1 and state = 'approved'
       returning destroyed, decided_by`,
      [run.id, change.at],
    );
    const [ended] = rows;
    if (!ended) return;
    await recordFact(change.client, {
      stream: RETENTION_STREAM,
      at: change.at,
      type: "retention.done",
      actor: change.by,
      facts: { run: run.id, class: run.class, count: ended.destroyed, approvedBy: ended.decided_by },
    });
  });

const NIGHT_MS = 20 * 3_600_000;

/** Once a day what is due is looked for; what was approved is done as soon as somebody has time for it. */
export const keepTerms = (k: Destroying, options: { readonly wait?: boolean } = {}): Promise<unknown> =>
  single(k.pool, "retention", options, async () => {
    const since = new Date(k.now().getTime() - NIGHT_MS);
    const { rowCount } = await k.pool.query("select 1 from kernel.retention_runs where found_at > $1 limit 1", [since]);
    if (!rowCount) await findDue(k);
    await carryOut(k);
    await forgetEndedKin(k as Kernel);
  });
