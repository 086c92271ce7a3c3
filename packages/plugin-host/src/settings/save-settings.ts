import { DoorstepError, type saveSettingsInput, type settingsView } from "@doorstep/contracts";
import { type Actor, recordFact } from "@doorstep/kernel";
import type { PoolClient } from "pg";
import type { z } from "zod";
import { authorityOver, mayBindBelow } from "../choices/authority.ts";
import { lockedBy, type Reader, toSummary, type UnitRow, unitById, unitsById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { isWithin, resolveKey } from "./cascade.ts";
import { resolveKeys, settingKeys, storedValues, validatorOf } from "./read-settings.ts";

type View = z.output<typeof settingsView>;
type Save = z.output<typeof saveSettingsInput>;

/** Every key with its value, where it comes from and who locked it; secrets are left out. */
export async function viewSettings(reader: Reader, plugin: HostedPlugin, unit: UnitRow): Promise<View> {
  const stored = await storedValues(reader, unit, [plugin.manifest.id]);
  const units = await unitsById(reader, unit.path);
  const summary = (id: string | null) => {
    const found = id === null ? undefined : units.get(id);
    return found ? toSummary(found) : null;
  };
  const { rows } = await reader.query<{ revision: number }>("select revision from kernel.plugin_registry");
  return {
    schema: plugin.manifest.settings,
    values: Object.fromEntries(
      [...resolveKeys(plugin, stored)].flatMap(([key, one]) =>
        one.secret
          ? []
          : [
              [
                key,
                {
                  value: one.value,
                  from: summary(one.from),
                  lockedBy: summary(one.lockedBy),
                  own: one.from === unit.id,
                },
              ],
            ],
      ),
    ),
    revision: rows[0]?.revision ?? 0,
  };
}

interface LockedRow {
  key: string;
  unit_id: string;
  authority: string;
}

/**
 * Writes settings of a unit, in the caller's transaction.
 *
 * @throws DoorstepError `forbidden`, `module.lockRight`, `module.locked`, `module.settings` (unknown key, value that
 * does not fit, or beyond what a superior allows).
 */
export async function saveSettings(
  client: PoolClient,
  plugin: HostedPlugin,
  actor: Actor,
  input: Save,
  now: Date,
): Promise<void> {
  const unit = await unitById(client, input.unitId);
  const authority = authorityOver(actor, "modules.manage", unit.path);
  if (!authority) throw new DoorstepError("forbidden");
  if (input.lock.length > 0 && !mayBindBelow(actor, "modules.manage", unit.path))
    throw new DoorstepError("module.lockRight");
  const keys = new Map(settingKeys(plugin.manifest).map((one) => [one.key, one]));
  const touched = [...new Set([...Object.keys(input.values), ...input.lock])];
  for (const key of touched) if (!keys.has(key)) throw new DoorstepError("module.settings", { key });
  await assertKeysFree(client, plugin, unit, touched, authority.place);
  const above = (await storedValues(client, unit, [plugin.manifest.id])).filter((one) => one.unitId !== unit.id);
  for (const [key, value] of Object.entries(input.values)) {
    if (value === null) {
      await client.query("delete from kernel.plugin_setting where plugin_id = $1 and unit_id = $2 and key = $3", [
        plugin.manifest.id,
        unit.id,
        key,
      ]);
      continue;
    }
    const isValid = validatorOf(plugin, key);
    const known = keys.get(key);
    const bound = resolveKey(
      known?.cascade ?? "override",
      known?.fallback,
      above.filter((one) => one.key === key),
      isValid,
    );
    const isBound = bound.from !== null && !isWithin(known?.cascade ?? "override", value, bound.value);
    if (!isValid(value) || isBound) throw new DoorstepError("module.settings", { key });
    await client.query(
      `insert into kernel.plugin_setting (plugin_id, unit_id, key, value, locked, authority, why, by_person, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (plugin_id, unit_id, key) do update set value = excluded.value, locked = excluded.locked,
         authority = excluded.authority, why = excluded.why, by_person = excluded.by_person, at = excluded.at`,
      [
        plugin.manifest.id,
        unit.id,
        key,
        JSON.stringify(value),
        input.lock.includes(key),
        authority.unitId,
        input.why,
        actor.personId,
        now,
      ],
    );
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
    if (!rowCount) throw new DoorstepError("module.settings", { key });
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
