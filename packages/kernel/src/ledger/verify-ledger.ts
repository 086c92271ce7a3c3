import type { Kernel } from "../kernel.ts";
import { LedgerCheck, type Proof } from "./ledger-check.ts";
import { ledgerInOrder } from "./ledger-in-order.ts";
import type { PublicKeys } from "./seal.ts";
import { sealKeyOf } from "./seal-keys.ts";

/** The key that signs seals today, to be kept outside the house; earlier ones are added by whoever kept them. */
export function sealKeys(k: Pick<Kernel, "keys">, earlier: PublicKeys = new Map()): PublicKeys {
  const key = sealKeyOf(k.keys.ledgerSeed);
  return new Map([...earlier, [key.id, key.publicKey]]);
}

/**
 * Keys that have signed before, as they were kept when they did. Whoever owns the database could put one there; but
 * a seal under a forged key breaks the chain of those that today's key has signed after it, and today's key is never
 * taken from here.
 */
export async function keptSealKeys(pool: Kernel["pool"]): Promise<PublicKeys> {
  const { rows } = await pool.query<{ id: string; key: string }>(
    "select id, encode(public_key, 'hex') as key from kernel.seal_keys order by since desc",
  );
  return new Map(rows.map((row) => [row.id, row.key]));
}

/**
 * Checks every chain against its own hashes and the heads kept elsewhere, and every seal: signature, chain, range,
 * count and root.
 */
export async function verifyLedger(k: Pick<Kernel, "pool" | "keys">, earlier?: PublicKeys): Promise<Proof> {
  const known = new Map([...(await keptSealKeys(k.pool)), ...(earlier ?? [])]);
  const check = new LedgerCheck(sealKeys(k, known));
  for await (const item of ledgerInOrder(k.pool)) {
    if (item.kind === "entry") check.entry(item.entry, { ...item.entry, at: item.entry.at.toISOString() });
    else if (item.kind === "seal") check.seal(item.seal);
    else check.head(item.head);
  }
  return check.finish();
}
