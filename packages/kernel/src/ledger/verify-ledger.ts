import type { ledgerProof } from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { entryHash, GENESIS } from "./entry.ts";

type Proof = z.output<typeof ledgerProof>;
type Fault = Proof["faults"][number];

interface Entry {
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
}

const PAGE = 5_000;
const MOST_FAULTS = 10;

/** What is wrong with one entry, seen from the one before it in its chain. */
export function entryFault(before: { readonly seq: number; readonly hash: string }, e: Entry): string | null {
  if (e.seq !== before.seq + 1) return e.seq === before.seq ? "double" : "gap";
  if (e.prev !== before.hash) return "broken";
  if (entryHash(e.prev, e.body) !== e.hash) return "altered";
  const body = JSON.parse(e.body) as { stream: string; seq: number; at: string; type: string; actor: string };
  const same =
    body.stream === e.stream &&
    body.seq === e.seq &&
    body.type === e.type &&
    body.actor === e.actor &&
    body.at === e.at.toISOString();
  return same ? null : "columns";
}

interface Walk {
  readonly heads: Map<string, { readonly seq: number; readonly hash: string }>;
  readonly faults: Fault[];
  entries: number;
  until: Date | null;
}

function walk(w: Walk, e: Entry): void {
  const fault = entryFault(w.heads.get(e.stream) ?? { seq: 0, hash: GENESIS }, e);
  if (fault) w.faults.push({ stream: e.stream, seq: e.seq, fault });
  w.heads.set(e.stream, { seq: e.seq, hash: e.hash });
  w.entries += 1;
  if (!w.until || e.at > w.until) w.until = e.at;
}

/** Checks every chain against its own hashes and against the heads that cases and other streams carry. */
export async function verifyLedger(k: Pick<Kernel, "pool">): Promise<Proof> {
  const w: Walk = { heads: new Map(), faults: [], entries: 0, until: null };
  let after: readonly [string, number] | undefined = ["00000000-0000-0000-0000-000000000000", 0];
  while (after) {
    const page: { rows: Entry[] } = await k.pool.query<Entry>({
      name: "ledger_in_order",
      text: `select stream, seq, at, type, actor, body, encode(prev, 'hex') as prev, encode(hash, 'hex') as hash from kernel.ledger
        where (stream, seq) > ($1::uuid, $2::int) order by stream, seq limit ${PAGE}`,
      values: [...after],
    });
    const { rows } = page;
    for (const e of rows) walk(w, e);
    const last: Entry | undefined = rows.length === PAGE ? rows.at(-1) : undefined;
    after = last && [last.stream, last.seq];
  }
  w.faults.push(...(await headFaults(k, w.heads)));
  const seals = await k.pool.query<{ n: number }>("select count(*)::int as n from kernel.seals");
  return {
    ok: w.faults.length === 0,
    entries: w.entries,
    streams: w.heads.size,
    seals: seals.rows[0]?.n ?? 0,
    until: w.until?.toISOString() ?? null,
    faults: w.faults.slice(0, MOST_FAULTS),
  };
}

/** A chain cut at its end still verifies by itself: the heads kept elsewhere show it. */
async function headFaults(
  k: Pick<Kernel, "pool">,
  heads: ReadonlyMap<string, { readonly seq: number; readonly hash: string }>,
): Promise<readonly Fault[]> {
  const { rows } = await k.pool.query<{ stream: string; seq: number; hash: string }>(
    `select id as stream, ledger_seq as seq, encode(ledger_hash, 'hex') as hash from kernel.cases
     union all select stream, seq, encode(hash, 'hex') from kernel.ledger_heads where seq > 0`,
  );
  return rows
    .filter((r) => {
      const head = heads.get(r.stream);
      return head?.seq !== r.seq || head.hash !== r.hash;
    })
    .map((r) => ({ stream: r.stream, seq: r.seq, fault: "head" }));
}
