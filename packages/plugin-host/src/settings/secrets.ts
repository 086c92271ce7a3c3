import { randomBytes } from "node:crypto";
import { type Kernel, openSealed, seal, wrappedKeys } from "@doorstep/kernel";
import type { Manifest } from "@doorstep/sdk";
import { settingKeys } from "./setting-keys.ts";

type Keys = Pick<Kernel["keys"], "kek">;

export interface SealedValue {
  readonly kek: string;
  readonly dek: Buffer;
  readonly sealed: Buffer;
}

/** Names plugin and key: a secret opens for no other setting, but goes along where a unit hands its settings on. */
const placeOf = (pluginId: string, key: string): string => `plugin_setting:${pluginId}:${key}`;

export function sealValue(keys: Keys, pluginId: string, key: string, value: unknown): SealedValue {
  const dek = randomBytes(32);
  const place = placeOf(pluginId, key);
  return { kek: keys.kek.id, dek: seal(keys.kek.key, dek, place), sealed: seal(dek, JSON.stringify(value), place) };
}

export function openValue(keys: Keys, pluginId: string, key: string, { dek, sealed }: SealedValue): unknown {
  const place = placeOf(pluginId, key);
  return JSON.parse(openSealed(openSealed(keys.kek.key, dek, place), sealed, place).toString("utf8"));
}

/** The keys of secret settings, when the master key changes. */
export const secretSettingKeys = wrappedKeys<{
  readonly id: string;
  readonly kek: string;
  readonly dek: Buffer;
  readonly plugin_id: string;
  readonly key: string;
}>({
  id: "secretSettings",
  table: "kernel.plugin_setting",
  columns: ["plugin_id", "key"],
  place: (row) => placeOf(row.plugin_id, row.key),
});

/** Seals what stands in clear although its module calls it secret: it is from before, or was not secret then. */
export async function sealClearSecrets(
  { pool, keys }: Pick<Kernel, "pool" | "keys">,
  manifests: Iterable<Manifest>,
): Promise<void> {
  for (const manifest of manifests) {
    const secret = settingKeys(manifest).flatMap((one) => (one.secret ? [one.key] : []));
    if (secret.length === 0) continue;
    const { rows } = await pool.query<{ id: string; key: string; value: unknown }>(
      "select id, key, value from kernel.plugin_setting where plugin_id = $1 and key = any($2::text[]) and sealed is null",
      [manifest.id, secret],
    );
    for (const { id, key, value } of rows) {
      const { kek, dek, sealed } = sealValue(keys, manifest.id, key, value);
      await pool.query(
        "update kernel.plugin_setting set value = null, kek = $2, dek = $3, sealed = $4 where id = $1 and sealed is null",
        [id, kek, dek, sealed],
      );
    }
  }
}
