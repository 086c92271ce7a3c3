import { DoorstepError, type saveSettingsInput, type settingsView } from "@doorstep/contracts";
import { type Actor, recordFact } from "@doorstep/kernel";
import type { PoolClient } from "pg";
import type { z } from "zod";
import { authorityOver, mayBindBelow } from "../choices/authority.ts";
import { lockedBy, toSummary, type UnitRow, unitById, unitsById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { type Cascade, isWithin, type ResolvedValue, resolveKey } from "./cascade.ts";
import { resolveKeys, type SettingsStore, type StoredValue, storedValues, validatorOf } from "./read-settings.ts";
import { type SealedValue, sealValue } from "./secrets.ts";
import { type SettingKey, settingKeys, settingTitle } from "./setting-keys.ts";

type View = z.output<typeof settingsView>;
type Save = z.output<typeof saveSettingsInput>;

/** Every key with its value, where it comes from and who locked it; secrets are left out. */
export async function viewSettings(store: SettingsStore, plugin: HostedPlugin, unit: UnitRow): Promise<View> {
  const { pool: reader } = store;
  const stored = await storedValues(store, unit, [plugin.manifest.id]);
  const units = await unitsById(reader, unit.path);
  const summary = (id: string | null) => {
    const found = id === null ? undefined : units.get(id);
    return found ? toSummary(found) : null;
  };
  const { rows } = await reader.query<{ revision: number }>("select revision from kernel.plugin_registry");
  const place = (one: ResolvedValue) => ({
    from: summary(one.from),
    lockedBy: summary(one.lockedBy),
    own: one.from === unit.id,
  });
  const resolved = [...resolveKeys(plugin, stored)];
  return {
    schema: plugin.manifest.settings,
    values: Object.fromEntries(
      resolved.flatMap(([key, one]) => (one.secret ? [] : [[key, { value: one.value, ...place(one) }]])),
    ),
    secrets: Object.fromEntries(resolved.flatMap(([key, one]) => (one.secret ? [[key, place(one)]] : []))),
    revision: rows[0]?.revision ?? 0,
  };
}

interface LockedRow {
  key: string;
  unit_id: string;
  authority: string;
}

type Refused = "module.settings" | "module.settingsAtMost" | "module.settingsAtLeast" | "module.settingsSubset";

const refused = (
  code: Refused,
  { manifest }: HostedPlugin,
  key: string,
  more: Readonly<Record<string, string | number>> = {},
): DoorstepError => {
  const title = settingTitle(manifest, key);
  return new DoorstepError(code, { key: title["zh-CN"], keyEn: title.en, ...more });
};

const BOUNDS = {
  atMost: "module.settingsAtMost",
  atLeast: "module.settingsAtLeast",
  subset: "module.settingsSubset",
} as const;

/** Says which rule of which superior stands against it. */
function beyond(
  cascade: Cascade,
  plugin: HostedPlugin,
  key: string,
  bound: { readonly unit: UnitRow; readonly value: unknown },
): DoorstepError {
  const { name } = bound.unit;
  const value = Array.isArray(bound.value) ? bound.value.map(String).join(", ") : String(bound.value);
  const code = cascade === "override" ? "module.settings" : BOUNDS[cascade];
  return refused(code, plugin, key, { unit: name["zh-CN"], unitEn: name.en, bound: value });
}

/** @throws DoorstepError where the value is not valid, or beyond what a superior has set */
async function assertFits(
  client: PoolClient,
  plugin: HostedPlugin,
  { key, cascade, fallback, secret }: SettingKey,
  value: unknown,
  above: readonly StoredValue[],
): Promise<void> {
  const isValid = validatorOf(plugin, key);
  if (!isValid(value)) throw refused("module.settings", plugin, key);
  const own = above.filter((one) => one.key === key);
  const bound = resolveKey(cascade, fallback, own, isValid);
  if (bound.from === null || isWithin(cascade, value, bound.value)) return;
  if (secret) throw refused("module.settings", plugin, key);
  throw beyond(cascade, plugin, key, { unit: await unitById(client, bound.from), value: bound.value });
}

const takeBack = (client: PoolClient, { manifest }: HostedPlugin, unit: UnitRow, key: string): Promise<unknown> =>
  client.query("delete from kernel.plugin_setting where plugin_id = $1 and unit_id = $2 and key = $3", [
    manifest.id,
    unit.id,
    key,
  ]);

interface Written {
  readonly pluginId: string;
  readonly unitId: string;
  readonly key: string;
  /** JSON; `null` where it is secret */
  readonly value: string | null;
  readonly locked: boolean;
  readonly authority: string;
  readonly why: string;
  readonly by: string;
  readonly at: Date;
  readonly secret: SealedValue | null;
}

const write = (client: PoolClient, row: Written): Promise<unknown> =>
  client.query(
    `insert into kernel.plugin_setting (plugin_id, unit_id, key, value, locked, authority, why, by_person, at, kek, dek, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (plugin_id, unit_id, key) do update set value = excluded.value, locked = excluded.locked,
       authority = excluded.authority, why = excluded.why, by_person = excluded.by_person, at = excluded.at,
       kek = excluded.kek, dek = excluded.dek, sealed = excluded.sealed`,
    [
      row.pluginId,
      row.unitId,
      row.key,
      row.value,
      row.locked,
      row.authority,
      row.why,
      row.by,
      row.at,
      row.secret?.kek,
      row.secret?.dek,
      row.secret?.sealed,
    ],
  );

/** @throws DoorstepError `forbidden`, `module.lockRight` */
function authorityFor(actor: Actor, unit: UnitRow, { lock }: Pick<Save, "lock">) {
  const authority = authorityOver(actor, "modules.manage", unit.path);
  if (!authority) throw new DoorstepError("forbidden");
  if (lock.length > 0 && !mayBindBelow(actor, "modules.manage", unit.path)) throw new DoorstepError("module.lockRight");
  return authority;
}

/**
 * Writes settings of a unit, in the caller's transaction.
 *
 * @throws DoorstepError `forbidden`, `module.lockRight`, `module.locked`, `module.settings` (unknown key, or a value that
 * does not fit), `module.settingsAtMost|AtLeast|Subset` (beyond what a superior allows).
 */
export async function saveSettings(
  { pool: client, keys: houseKeys }: SettingsStore & { readonly pool: PoolClient },
  plugin: HostedPlugin,
  actor: Actor,
  input: Save,
  now: Date,
): Promise<void> {
  const unit = await unitById(client, input.unitId);
  const authority = authorityFor(actor, unit, input);
  const keys = new Map(settingKeys(plugin.manifest).map((one) => [one.key, one]));
  const touched = [...new Set([...Object.keys(input.values), ...input.lock])];
  for (const key of touched) if (!keys.has(key)) throw refused("module.settings", plugin, key);
  await assertKeysFree(client, plugin, unit, touched, authority.place);
  const above = (await storedValues({ pool: client, keys: houseKeys }, unit, [plugin.manifest.id])).filter(
    (one) => one.unitId !== unit.id,
  );
  for (const [key, value] of Object.entries(input.values)) {
    const known = keys.get(key);
    if (value === null || !known) await takeBack(client, plugin, unit, key);
    else {
      await assertFits(client, plugin, known, value, above);
      await write(client, {
        pluginId: plugin.manifest.id,
        unitId: unit.id,
        key,
        value: known.secret ? null : JSON.stringify(value),
        locked: input.lock.includes(key),
        authority: authority.unitId,
        why: input.why,
        by: actor.personId,
        at: now,
        secret: known.secret ? sealValue(houseKeys, plugin.manifest.id, key, value) : null,
      });
    }
  }
  await lockAsTheyAre(client, plugin, unit, input, authority.unitId);
  await recordFact(client, {
    stream: unit.id,
    at: now,
    type: "module.changed",
    actor: `person:${actor.personId}`,
    facts: { plugin: plugin.manifest.id, settings: touched, locked: input.lock },
  });
}

/** Keys that are only to be locked need a value of the unit's own. */
async function lockAsTheyAre(
  client: PoolClient,
  plugin: HostedPlugin,
  unit: UnitRow,
  input: Save,
  authority: string,
): Promise<void> {
  for (const key of input.lock) {
    const { rowCount } = await client.query(
      "update kernel.plugin_setting set locked = true, authority = $4 where plugin_id = $1 and unit_id = $2 and key = $3",
      [plugin.manifest.id, unit.id, key, authority],
    );
    if (!rowCount) throw refused("module.settings", plugin, key);
  }
}

async function assertKeysFree(
  client: PoolClient,
  plugin: HostedPlugin,
  unit: UnitRow,
  keys: readonly string[],
  place: number,
): Promise<void> {
  const { rows } = await client.query<LockedRow>(
    `select key, unit_id, authority from kernel.plugin_setting
      where locked and plugin_id = $1 and unit_id = any($2::uuid[]) and key = any($3::text[])`,
    [plugin.manifest.id, [...unit.path], [...keys]],
  );
  const units = await unitsById(
    client,
    rows.map((row) => row.authority),
  );
  for (const row of rows) {
    const lockPlace = unit.path.indexOf(row.authority);
    if (place > (lockPlace === -1 ? unit.path.indexOf(row.unit_id) : lockPlace))
      throw lockedBy(units.get(row.authority));
  }
}
