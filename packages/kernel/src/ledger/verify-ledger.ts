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
 * Checks every chain against its own hashes and the heads kept elsewhere, and every seal: signature, chain, range,
 * count and root.
 */
export async function verifyLedger(k: Pick<Kernel, "pool" | "keys">, earlier?: PublicKeys): Promise<Proof> {
  const check = new LedgerCheck(sealKeys(k, earlier));
  for await (const item of ledgerInOrder(k.pool)) {
    if (item.kind === "entry") check.entry(item.entry, { ...item.entry, at: item.entry.at.toISOString() });
    else if (item.kind === "seal") check.seal(item.seal);
    else check.head(item.head);
  }
  return check.finish();
}
