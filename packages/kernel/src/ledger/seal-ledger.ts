import type { Kernel } from "../kernel.ts";
import { type RunOptions, single } from "../workers/single.ts";
import { GENESIS } from "./entry.ts";
import { MerkleTree } from "./merkle.ts";
import { type Seal, signed } from "./seal.ts";
import { keepSealKey, type SealKey, sealKeyOf } from "./seal-keys.ts";
import { entriesFrom, insertSeal, lastSeal } from "./seal-rows.ts";

type Sealed = Pick<Kernel, "pool" | "now" | "keys">;

/** Entries of one seal at most, but for those of one transaction. */
const MOST_ENTRIES = 50_000;

interface Range {
  readonly epoch: number;
  readonly from: string;
  readonly to: string;
  readonly tree: MerkleTree;
  /** there is more */
  readonly cut: boolean;
}

async function bounds(k: Sealed): Promise<{ readonly epoch: number; readonly xmin: bigint }> {
  const { rows } = await k.pool.query<{ epoch: number; xmin: string }>(
    "select kernel.current_epoch() as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xmin",
  );
  const [now] = rows;
  if (!now) throw new Error("no snapshot");
  return { epoch: now.epoch, xmin: BigInt(now.xmin) };
}

/**
 * What comes after the last seal in its epoch: below the oldest open transaction, or, in an epoch that is over, to its
 * end. Nothing can be committed into the range any more.
 */
async function nextRange(k: Sealed, epoch: number, from: string, xmin: bigint | null, most: number): Promise<Range> {
  const tree = new MerkleTree();
  let last = BigInt(from) - 1n;
  for await (const e of entriesFrom(k.pool, { epoch, xid: from }, { hashesOnly: true })) {
    const xid = BigInt(e.xid);
    if (e.epoch !== epoch || (xmin !== null && xid >= xmin)) break;
    if (tree.size >= most && xid !== last) return { epoch, from, to: e.xid, tree, cut: true };
    tree.add(Buffer.from(e.hash, "hex"));
    last = xid;
  }
  return { epoch, from, to: String(xmin ?? last + 1n), tree, cut: false };
}

async function sealOnce(
  k: Sealed,
  key: SealKey,
  most: number,
): Promise<{ readonly seal: Seal | null; readonly more: boolean }> {
  const before = await lastSeal(k.pool);
  const now = await bounds(k);
  const epoch = before?.epoch ?? 1;
  const over = epoch < now.epoch;
  let range = await nextRange(k, epoch, before?.xidTo ?? "0", over ? null : now.xmin, most);
  if (range.tree.size === 0 && over) range = await nextRange(k, now.epoch, "0", now.xmin, most);
  if (range.tree.size === 0) return { seal: null, more: false };
  const seal = signed(
    {
      no: (before?.no ?? 0) + 1,
      at: k.now().toISOString(),
      epoch: range.epoch,
      xidFrom: range.from,
      xidTo: range.to,
      entries: range.tree.size,
      root: range.tree.root().toString("hex"),
      prev: before?.hash ?? GENESIS,
      keyId: key.id,
    },
    key,
  );
  if (before?.keyId !== key.id) await keepSealKey(k.pool, key, k.now());
  await insertSeal(k.pool, seal);
  return { seal, more: range.cut || range.epoch < now.epoch };
}

/**
 * Seals the entries written since the last seal: a signed Merkle root over their hashes in commit order, chained to
 * the seal before. Writers do not notice it, and anybody can make the root again from the table.
 *
 * @returns the seals made; `null` when another process is at it.
 */
export const sealLedger = (
  k: Sealed,
  options: RunOptions & { readonly most?: number } = {},
): Promise<readonly Seal[] | null> =>
  single(k.pool, "seal", options, async () => {
    const key = sealKeyOf(k.keys.ledgerSeed);
    const made: Seal[] = [];
    for (let more = true; more; ) {
      const one = await sealOnce(k, key, options.most ?? MOST_ENTRIES);
      if (one.seal) made.push(one.seal);
      more = one.more;
    }
    return made;
  });
