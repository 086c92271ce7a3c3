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

/** Where a consumer stands, and whether older epochs lie behind it. */
export interface Place extends Cursor {
  readonly inCurrentEpoch: boolean;
}

/** Takes the consumer for this process, or renews that it has it; by the database's clock, which all processes share. */
export async function takeLease(pool: Pool, name: string, owner: string): Promise<Place | null> {
  const { rows } = await pool.query<Place>({
    name: "take_lease",
    text: `update kernel.consumers set lease_owner = $2, lease_until = clock_timestamp() + ${LEASE}
      where name = $1 and (lease_owner = $2 or lease_until is null or lease_until < clock_timestamp())
      returning epoch, xid::text as xid, id, epoch = kernel.current_epoch() as "inCurrentEpoch"`,
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
 * Events after the cursor that no open transaction can still put one before, of the kinds that are heard. That bound
 * counts in the current epoch alone; what is left of an older one is read to its end first.
 */
export async function readAfter(
  pool: Pool,
  { epoch, xid, id, inCurrentEpoch }: Place,
  hears: readonly string[] | undefined,
  limit: number,
): Promise<readonly OutboxEvent[]> {
  const values = [epoch, xid, id, hears ?? null, limit];
  if (!inCurrentEpoch) {
    const { rows } = await pool.query<OutboxEvent>({
      name: "outbox_after_older",
      text: `select ${COLUMNS} from kernel.outbox o
        where (o.epoch, o.xid, o.id) > ($1::smallint, $2::xid8, $3::uuid) and o.epoch < (select kernel.current_epoch())
          and ($4::text[] is null or o.type = any ($4))
        order by o.epoch, o.xid, o.id limit $5`,
      values,
    });
    if (rows.length > 0) return rows;
  }
  const { rows } = await pool.query<OutboxEvent>({
    name: "outbox_after",
    text: `select ${COLUMNS} from kernel.outbox o
      where (o.epoch, o.xid, o.id) > ($1::smallint, $2::xid8, $3::uuid)
        and o.epoch = (select kernel.current_epoch()) and o.xid < (select pg_snapshot_xmin(pg_current_snapshot()))
        and ($4::text[] is null or o.type = any ($4))
      order by o.epoch, o.xid, o.id limit $5`,
    values,
  });
  return rows;
}

/** What there is to do for a consumer. */
export interface Work {
  /** something new that it hears */
  readonly fresh: boolean;
  /** something parked is to be tried again */
  readonly due: boolean;
}

const VISIBLE = "(o.epoch < kernel.current_epoch() or o.xid < pg_snapshot_xmin(pg_current_snapshot()))";

/**
 * What there is to do for each of the consumers, by one look for all; those with nothing are left out. Whoever hears
 * nothing of what is new is moved on past it, unless another process has him.
 */
export async function lookAtAll(
  pool: Pool,
  owner: string,
  consumers: readonly Pick<Consumer, "name" | "hears">[],
  now: Date,
): Promise<ReadonlyMap<string, Work>> {
  const asked = JSON.stringify(consumers.map(({ name, hears }) => ({ name, hears })));
  const { rows } = await pool.query<Work & { name: string; behind: boolean }>({
    name: "outbox_look",
    text: `select c.name, fresh.id is not null as fresh, due.is is not null as due, behind.id is not null as behind
      from jsonb_to_recordset($1::jsonb) a(name text, hears jsonb)
      join kernel.consumers c on c.name = a.name
      left join lateral (select o.id from kernel.outbox o
        where (o.epoch, o.xid, o.id) > (c.epoch, c.xid, c.id) and ${VISIBLE}
        order by o.epoch, o.xid, o.id limit 1) behind on true
      left join lateral (select o.id from kernel.outbox o
        where behind.id is not null and (o.epoch, o.xid, o.id) > (c.epoch, c.xid, c.id) and ${VISIBLE}
          and (a.hears is null or a.hears ? o.type)
        order by o.epoch, o.xid, o.id limit 1) fresh on true
      left join lateral (select true as is from kernel.parked p
        where p.consumer = c.name and p.retry_at <= $2 limit 1) due on true`,
    values: [asked, now],
  });
  if (rows.some(({ behind, fresh }) => behind && !fresh)) await passBy(pool, owner, asked);
  return new Map(rows.flatMap(({ name, fresh, due }) => (fresh || due ? [[name, { fresh, due }] as const] : [])));
}

/** Moves those who hear nothing of all that is new to its end. */
const passBy = (pool: Pool, owner: string, asked: string): Promise<unknown> =>
  pool.query({
    name: "outbox_pass_by",
    text: `update kernel.consumers c set epoch = l.epoch, xid = l.xid, id = l.id
      from (select o.epoch, o.xid, o.id from kernel.outbox o where ${VISIBLE}
          order by o.epoch desc, o.xid desc, o.id desc limit 1) l,
        jsonb_to_recordset($1::jsonb) a(name text, hears jsonb)
      where c.name = a.name and a.hears is not null and (c.epoch, c.xid, c.id) < (l.epoch, l.xid, l.id)
        and (c.lease_owner = $2 or c.lease_until is null or c.lease_until < clock_timestamp())
        and not exists (select from kernel.outbox o
          where (o.epoch, o.xid, o.id) > (c.epoch, c.xid, c.id) and (o.epoch, o.xid, o.id) <= (l.epoch, l.xid, l.id)
            and a.hears ? o.type)`,
    values: [asked, owner],
  });

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
