import type { Pool } from "pg";
import type { Consumer, OutboxEvent } from "./consumer.ts";

/** How far a consumer has come, in commit order. */
export interface Cursor {
  readonly epoch: number;
  readonly xid: string;
  readonly id: string;
}

const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";
const LEASE = "interval '30 seconds'";

/** Makes the row of a consumer that was never there before. */
export async function ensureConsumer(pool: Pool, consumer: Consumer): Promise<void> {
  const start = "(1, '0'::xid8)";
  const now = "(kernel.current_epoch(), pg_snapshot_xmin(pg_current_snapshot()))";
  await pool.query(
    `insert into kernel.consumers (name, epoch, xid, id)
     select $1, p.epoch, p.xid, '${BEFORE_ALL}' from (values ${consumer.from === "now" ? now : start}) p(epoch, xid)
     on conflict do nothing`,
    [consumer.name],
  );
}

/** Takes the consumer for this process, or renews that it has it; by the database's clock, which all processes share. */
export async function takeLease(pool: Pool, name: string, owner: string): Promise<Cursor | null> {
  const { rows } = await pool.query<Cursor>({
    name: "take_lease",
    text: `update kernel.consumers set lease_owner = $2, lease_until = clock_timestamp() + ${LEASE}
      where name = $1 and (lease_owner = $2 or lease_until is null or lease_until < clock_timestamp())
      returning epoch, xid::text as xid, id`,
    values: [name, owner],
  });
  return rows[0] ?? null;
}

export async function dropLease(pool: Pool, name: string, owner: string): Promise<void> {
  await pool.query(
    "update kernel.consumers set lease_owner = null, lease_until = null where name = $1 and lease_owner = $2",
    [name, owner],
  );
}

/** Moves on, unless another process has taken over meanwhile: then it does these events again. */
export async function moveCursor(pool: Pool, name: string, owner: string, to: Cursor): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: "move_cursor",
    text: "update kernel.consumers set epoch = $3, xid = $4::xid8, id = $5 where name = $1 and lease_owner = $2",
    values: [name, owner, to.epoch, to.xid, to.id],
  });
  return rowCount === 1;
}

const COLUMNS = `o.id, o.epoch, o.xid::text as xid, o.at, o.case_id as "caseId", o.seq, o.unit_id as "unitId", o.type, o.payload`;

/**
 * Events after the cursor that no open transaction can still put one before. That bound counts in the current epoch
 * alone; what is left of an older one is read to its end first.
 */
export async function readAfter(pool: Pool, cursor: Cursor, limit: number): Promise<readonly OutboxEvent[]> {
  const values = [cursor.epoch, cursor.xid, cursor.id, limit];
  const { rows: current } = await pool.query<OutboxEvent>({
    name: "outbox_after",
    text: `select ${COLUMNS} from kernel.outbox o
      where (o.epoch, o.xid, o.id) > ($1::smallint, $2::xid8, $3::uuid)
        and o.epoch = (select kernel.current_epoch()) and o.xid < (select pg_snapshot_xmin(pg_current_snapshot()))
      order by o.epoch, o.xid, o.id limit $4`,
    values,
  });
  const { rows: older } = await pool.query<OutboxEvent>({
    name: "outbox_after_older",
    text: `select ${COLUMNS} from kernel.outbox o
      where (o.epoch, o.xid, o.id) > ($1::smallint, $2::xid8, $3::uuid) and o.epoch < (select kernel.current_epoch())
      order by o.epoch, o.xid, o.id limit $4`,
    values,
  });
  return older.length > 0 ? older : current;
}

/** Whether there is anything to do for the consumer: a look that writes nothing. */
export async function hasWork(pool: Pool, name: string, now: Date): Promise<boolean> {
  const { rows } = await pool.query<{ work: boolean }>({
    name: "outbox_has_work",
    text: `select (select true from kernel.outbox o
        where (o.epoch, o.xid, o.id) > (c.epoch, c.xid, c.id)
          and (o.epoch < kernel.current_epoch() or o.xid < pg_snapshot_xmin(pg_current_snapshot()))
        order by o.epoch, o.xid, o.id limit 1) is not null
      or (select true from kernel.parked p where p.consumer = c.name and p.retry_at <= $2 limit 1) is not null as work
      from kernel.consumers c where c.name = $1`,
    values: [name, now],
  });
  return rows[0]?.work === true;
}

/** Parked events that are due again, with all that wait behind them in their cases. */
export async function readParked(
  pool: Pool,
  name: string,
  now: Date,
  limit: number,
): Promise<readonly (OutboxEvent & { readonly attempts: number })[]> {
  const { rows } = await pool.query<OutboxEvent & { attempts: number }>({
    name: "parked_due",
    text: `select ${COLUMNS}, p.attempts from kernel.parked p join kernel.outbox o on o.id = p.event_id
      where p.consumer = $1 and p.case_id in (
        select d.case_id from kernel.parked d where d.consumer = $1 and d.retry_at <= $2 order by d.retry_at limit $3)
      order by o.case_id, o.seq, o.id`,
    values: [name, now, limit],
  });
  return rows;
}

/** Cases of these events that have something parked already. */
export async function parkedCases(
  pool: Pool,
  name: string,
  events: readonly OutboxEvent[],
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ case_id: string }>({
    name: "parked_cases",
    text: "select distinct case_id from kernel.parked where consumer = $1 and case_id = any ($2::uuid[])",
    values: [name, [...new Set(events.map((e) => e.caseId))]],
  });
  return new Set(rows.map((r) => r.case_id));
}

export interface Failure {
  readonly event: OutboxEvent;
  /** 0: waits behind a failed one of its case */
  readonly attempts: number;
  readonly error: string | null;
  /** `null`: with the one before it, or for a person */
  readonly retryAt: Date | null;
}

export async function park(pool: Pool, name: string, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  await pool.query(
    `insert into kernel.parked (consumer, event_id, case_id, attempts, error, retry_at)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::timestamptz[])
     on conflict (consumer, event_id) do update set attempts = excluded.attempts, error = excluded.error, retry_at = excluded.retry_at`,
    [
      name,
      failures.map((f) => f.event.id),
      failures.map((f) => f.event.caseId),
      failures.map((f) => f.attempts),
      failures.map((f) => f.error),
      failures.map((f) => f.retryAt),
    ],
  );
}

export const unpark = (pool: Pool, name: string, done: readonly OutboxEvent[]): Promise<unknown> =>
  pool.query("delete from kernel.parked where consumer = $1 and event_id = any ($2::uuid[])", [
    name,
    done.map((e) => e.id),
  ]);
