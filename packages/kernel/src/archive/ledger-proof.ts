import type { Kernel } from "../kernel.ts";
import { type MerkleStep, merklePath } from "../ledger/merkle.ts";
import type { Seal } from "../ledger/seal.ts";
import { entriesFrom, sealOver } from "../ledger/seal-rows.ts";

interface Entry {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly hash: string;
}

/** The chain of a case, and what ties it to the seal of the whole ledger. */
export interface LedgerProof {
  readonly entries: readonly Entry[];
  /** the newest entry that is sealed; every one before it hangs on it by its hash */
  readonly sealed: {
    readonly seq: number;
    readonly hash: string;
    readonly path: readonly MerkleStep[];
    readonly seal: Seal;
  } | null;
}

interface Row extends Omit<Entry, "at"> {
  readonly at: Date;
  readonly epoch: number;
  readonly xid: string;
}

export async function ledgerProofOf(k: Pick<Kernel, "pool">, caseId: string): Promise<LedgerProof> {
  const { rows } = await k.pool.query<Row>(
    `select seq, at, type, encode(hash, 'hex') as hash, epoch, xid::text as xid
       from kernel.ledger where stream = $1 order by seq`,
    [caseId],
  );
  const entries = rows.map(({ seq, at, type, hash }) => ({ seq, at: at.toISOString(), type, hash }));
  for (const row of rows.toReversed()) {
    const seal = await sealOver(k.pool, row.epoch, row.xid);
    if (!seal) continue;
    return { entries, sealed: { seq: row.seq, hash: row.hash, path: await pathTo(k, seal, row.hash), seal } };
  }
  return { entries, sealed: null };
}

async function pathTo(k: Pick<Kernel, "pool">, seal: Seal, hash: string): Promise<readonly MerkleStep[]> {
  const leaves: Buffer[] = [];
  let at = -1;
  for await (const entry of entriesFrom(k.pool, { epoch: seal.epoch, xid: seal.xidFrom }, { hashesOnly: true })) {
    if (entry.epoch !== seal.epoch || BigInt(entry.xid) >= BigInt(seal.xidTo)) break;
    if (entry.hash === hash) at = leaves.length;
    leaves.push(Buffer.from(entry.hash, "hex"));
  }
  if (at < 0) throw new Error("a sealed entry is not in its seal's range");
  return merklePath(leaves, at);
}
