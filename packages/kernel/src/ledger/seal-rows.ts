import type { ClientBase, Pool } from "pg";
import type { Seal } from "./seal.ts";

type Db = Pick<Pool | ClientBase, "query">;

const COLUMNS = `no, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, epoch, xid_from::text as "xidFrom",
  xid_to::text as "xidTo", entries, encode(root, 'hex') as root, encode(prev, 'hex') as prev, key_id as "keyId",
  encode(hash, 'hex') as hash, encode(signature, 'hex') as signature`;

export async function lastSeal(db: Db): Promise<Seal | undefined> {
  const { rows } = await db.query<Seal>(`select ${COLUMNS} from kernel.seals order by no desc limit 1`);
  return rows[0];
}

/** The seal over a transaction, once there is one. */
export async function sealOver(db: Db, epoch: number, xid: string): Promise<Seal | undefined> {
  const { rows } = await db.query<Seal>(
    `select ${COLUMNS} from kernel.seals where epoch = $1 and xid_from <= $2::xid8 and xid_to > $2::xid8`,
    [epoch, xid],
  );
  return rows[0];
}

const PAGE = 2_000;

/** All seals, oldest first; or those after one. */
export async function* allSeals(db: Db, from = 0): AsyncGenerator<Seal> {
  for (let after = from; ; ) {
    const { rows } = await db.query<Seal>(
      `select ${COLUMNS} from kernel.seals where no > $1 order by no limit ${PAGE}`,
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.no;
  }
}

export async function insertSeal(db: Db, s: Seal): Promise<void> {
  await db.query(
    `insert into kernel.seals (no, at, epoch, xid_from, xid_to, entries, root, prev, hash, key_id, signature)
     values ($1, $2, $3, $4::xid8, $5::xid8, $6, decode($7, 'hex'), decode($8, 'hex'), decode($9, 'hex'), $10, decode($11, 'hex'))`,
    [s.no, s.at, s.epoch, s.xidFrom, s.xidTo, s.entries, s.root, s.prev, s.hash, s.keyId, s.signature],
  );
}

export interface CommittedEntry {
  readonly epoch: number;
  readonly xid: string;
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
}

/** Entries in commit order from a transaction on, with or without their text. */
export async function* entriesFrom(
  db: Db,
  from: { readonly epoch: number; readonly xid: string },
  options: { readonly hashesOnly?: boolean; readonly page?: number } = {},
): AsyncGenerator<CommittedEntry> {
  const page = options.page ?? 5_000;
  const text = options.hashesOnly ? "'' as body, '' as prev" : "body, encode(prev, 'hex') as prev";
  let after: readonly [number, string, string, number] = [
    from.epoch,
    from.xid,
    "00000000-0000-0000-0000-000000000000",
    0,
  ];
  for (;;) {
    const { rows } = await db.query<CommittedEntry>({
      name: options.hashesOnly ? "ledger_hashes_in_commit_order" : "ledger_in_commit_order",
      // ordered by the column, not by its text: 999 comes before 1000
      text: `select epoch, l.xid::text as xid, stream, seq, at, type, actor, ${text}, encode(hash, 'hex') as hash
        from kernel.ledger l where (l.epoch, l.xid, l.stream, l.seq) > ($1::smallint, $2::xid8, $3::uuid, $4::int)
        order by l.epoch, l.xid, l.stream, l.seq limit $5`,
      values: [...after, page],
    });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < page) return;
    after = [last.epoch, last.xid, last.stream, last.seq];
  }
}
