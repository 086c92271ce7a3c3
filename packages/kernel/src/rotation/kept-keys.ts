import type { Kernel } from "../kernel.ts";
import type { KeptKeys, Keys } from "../vault/keys.ts";
import { open, seal } from "../vault/seal.ts";
import type { RekeyClient } from "./rekey-step.ts";

const CODE = "code";
const place = (purpose: string): string => `kept:${purpose}`;

/** Keys that stayed when the master key changed, opened with the one in use. */
export async function readKeptKeys(pool: Pick<Kernel["pool"], "query">, keys: Pick<Keys, "kek">): Promise<KeptKeys> {
  const { rows } = await pool.query<{ ct: Buffer }>("select ct from vault.kept_keys where purpose = $1", [CODE]);
  const [kept] = rows;
  return kept ? { code: open(keys.kek.key, kept.ct, place(CODE)) } : {};
}

/** The key of the return codes goes with the house: nobody has the codes to hash them anew. */
export async function keepKeys(client: RekeyClient, from: Keys, to: Keys): Promise<void> {
  await client.query(
    `insert into vault.kept_keys (purpose, kek, ct) values ($1, $2, $3)
     on conflict (purpose) do update set kek = excluded.kek, ct = excluded.ct`,
    [CODE, to.kek.id, seal(to.kek.key, from.code, place(CODE))],
  );
}
