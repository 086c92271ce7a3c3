import type { EventType } from "@doorstep/contracts";
import type { ClientBase } from "pg";
import { type Facts, GENESIS, type LedgerActor, nextEntry } from "./entry.ts";

/**
 * Appends an entry to the chain of something that is not a case (a unit, a person, the platform), inside the caller's
 * transaction. The head row is locked until that transaction ends, so the chain cannot fork.
 */
export async function recordFact(
  client: Pick<ClientBase, "query">,
  entry: {
    readonly stream: string;
    readonly at: Date;
    readonly type: EventType;
    readonly actor: LedgerActor;
    readonly facts: Facts;
  },
): Promise<void> {
  await client.query(
    "insert into kernel.ledger_heads (stream, seq, hash) values ($1, 0, decode($2, 'hex')) on conflict do nothing",
    [entry.stream, GENESIS],
  );
  const { rows } = await client.query<{ seq: number; hash: Buffer }>(
    "select seq, hash from kernel.ledger_heads where stream = $1 for update",
    [entry.stream],
  );
  const head = rows[0];
  if (!head) throw new Error("the chain's head is gone");
  const { row } = nextEntry(
    entry.stream,
    { seq: head.seq, hash: head.hash.toString("hex") },
    { at: entry.at.toISOString(), type: entry.type, actor: entry.actor, facts: entry.facts },
  );
  await client.query(
    `with head as (update kernel.ledger_heads set seq = $2, hash = $8::bytea where stream = $1)
     insert into kernel.ledger (stream, seq, at, type, actor, body, prev, hash)
     values ($1, $2, $3, $4, $5, $6, $7::bytea, $8::bytea)`,
    [row.stream, row.seq, row.at, row.type, row.actor, row.body, row.prev, row.hash],
  );
}
