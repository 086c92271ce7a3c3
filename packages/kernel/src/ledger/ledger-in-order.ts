import type { ClientBase, Pool } from "pg";
import type { Seal } from "./seal.ts";
import { allSeals, type CommittedEntry, entriesFrom } from "./seal-rows.ts";

/** The head of a chain as it stands outside the ledger: on the case row, or in the table of heads. */
export interface KeptHead {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}

export type LedgerItem =
  | { readonly kind: "entry"; readonly entry: CommittedEntry }
  | { readonly kind: "seal"; readonly seal: Seal }
  | { readonly kind: "head"; readonly head: KeptHead };

const liesAfter = (e: CommittedEntry, s: Seal): boolean =>
  e.epoch > s.epoch || (e.epoch === s.epoch && BigInt(e.xid) >= BigInt(s.xidTo));

const HEADS = `select stream, seq, hash from (
    select id as stream, ledger_seq as seq, encode(ledger_hash, 'hex') as hash from kernel.cases
    union all select stream, seq, encode(hash, 'hex') from kernel.ledger_heads where seq > 0) h
  where stream > $1 order by stream limit $2`;
const PAGE = 5_000;

async function* keptHeads(client: ClientBase): AsyncGenerator<KeptHead> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await client.query<KeptHead>({ name: "ledger_kept_heads", text: HEADS, values: [after, PAGE] });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.stream;
  }
}

/**
 * The whole ledger as of one moment: entries in commit order, each seal after the last entry of its range, then the
 * heads that are kept elsewhere. What is written meanwhile is not in it and disturbs nothing.
 */
export async function* ledgerInOrder(pool: Pool): AsyncGenerator<LedgerItem> {
  const client = await pool.connect();
  try {
    await client.query("begin transaction isolation level repeatable read read only");
    const seals = allSeals(client);
    let seal = (await seals.next()).value as Seal | undefined;
    for await (const entry of entriesFrom(client, { epoch: 0, xid: "0" })) {
      for (; seal && liesAfter(entry, seal); seal = (await seals.next()).value as Seal | undefined)
        yield { kind: "seal", seal };
      yield { kind: "entry", entry };
    }
    for (; seal; seal = (await seals.next()).value as Seal | undefined) yield { kind: "seal", seal };
    for await (const head of keptHeads(client)) yield { kind: "head", head };
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
  }
}
