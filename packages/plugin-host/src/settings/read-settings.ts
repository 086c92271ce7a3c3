import type { Kernel } from "@doorstep/kernel";
import { z } from "zod";
import type { Reader, UnitRow } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { type OwnValue, type ResolvedValue, resolveKey } from "./cascade.ts";
import { openValue, type SealedValue } from "./secrets.ts";
import { settingKeys } from "./setting-keys.ts";

/** Whether a value fits the schema of one key, as far as that can be told. */
export function validatorOf(plugin: HostedPlugin, key: string): (value: unknown) => boolean {
  const own = plugin.server?.plugin.settings?.shape[key] as z.ZodType | undefined;
  const schema =
    own ??
    z.fromJSONSchema(
      ((plugin.manifest.settings.properties ?? {}) as Record<string, z.core.JSONSchema.JSONSchema>)[key] ?? {},
    );
  return (value) => schema.safeParse(value).success;
}

interface Row extends Partial<Nullable<SealedValue>> {
  plugin_id: string;
  unit_id: string;
  key: string;
  value: unknown;
  locked: boolean;
}

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** Where settings stand, and what opens the secret ones. */
export interface SettingsStore {
  readonly pool: Reader;
  readonly keys: Pick<Kernel["keys"], "kek">;
}

/** A secret that cannot be opened any more counts as not set, as a value that is not valid any more does. */
function readValue(keys: SettingsStore["keys"], row: Row): unknown {
  const { kek, dek, sealed } = row;
  if (!(kek && dek && sealed)) return row.value;
  try {
    return openValue(keys, row.plugin_id, row.key, { kek, dek, sealed });
  } catch {
    return undefined;
  }
}

export interface StoredValue extends OwnValue {
  readonly pluginId: string;
  readonly key: string;
}

/** Everything set for some plugins on the way to a unit, the root's first. */
export async function storedValues(
  { pool, keys }: SettingsStore,
  unit: Pick<UnitRow, "path">,
  pluginIds: readonly string[],
): Promise<readonly StoredValue[]> {
  const { rows } = await pool.query<Row>(
    `select plugin_id, unit_id, key, value, locked, kek, dek, sealed from kernel.plugin_setting
      where plugin_id = any($1::text[]) and unit_id = any($2::uuid[])
      order by array_position($2::uuid[], unit_id)`,
    [[...pluginIds], [...unit.path]],
  );
  return rows.map((row) => ({
    pluginId: row.plugin_id,
    unitId: row.unit_id,
    key: row.key,
    value: readValue(keys, row),
    locked: row.locked,
  }));
}

/** What holds for each key of a plugin, given what is set on the way to the unit. */
export function resolveKeys(
  plugin: HostedPlugin,
  stored: readonly StoredValue[],
): ReadonlyMap<string, ResolvedValue & { readonly secret: boolean }> {
  const own = stored.filter((one) => one.pluginId === plugin.manifest.id);
  return new Map(
    settingKeys(plugin.manifest).map(({ key, cascade, secret, fallback }) => {
      const values = own.filter((one) => one.key === key);
      return [key, { ...resolveKey(cascade, fallback, values, validatorOf(plugin, key)), secret }];
    }),
  );
}

/**
 * The settings as plugin code gets them: parsed as a whole. A combination that the schema refuses gives the defaults,
 * which the author has promised to be valid.
 */
export function settingsFor(plugin: HostedPlugin, stored: readonly StoredValue[]): Readonly<Record<string, unknown>> {
  const schema = plugin.server?.plugin.settings as z.ZodType<Record<string, unknown>> | undefined;
  if (!schema) return {};
  const values = [...resolveKeys(plugin, stored)].filter(([, one]) => one.value !== undefined);
  const merged = schema.safeParse(Object.fromEntries(values.map(([key, one]) => [key, one.value])));
  return merged.success ? merged.data : schema.parse({});
}
