import { type choiceInput, DoorstepError } from "@doorstep/contracts";
import { type Actor, recordFact } from "@doorstep/kernel";
import type { PoolClient } from "pg";
import type { z } from "zod";
import { authorityOver, mayBindBelow } from "./authority.ts";
import { lockedBy, type UnitRow, unitsById } from "./unit-rows.ts";

export type ChoiceChange = z.output<typeof choiceInput>;

/** A unit at which a plugin was switched on or off by what was written. */
export interface EffectChange {
  readonly pluginId: string;
  readonly unitId: string;
  readonly was: boolean;
  readonly enabled: boolean;
}

interface Lock {
  readonly unitId: string;
  readonly authority: string;
}

interface ChoiceRow {
  plugin_id: string;
  unit_id: string;
  choice: "inherit" | "on" | "off";
  locked: boolean;
  authority: string;
}

/** Takes the number of the last change, held until the transaction ends. @throws DoorstepError `module.stale` */
export async function lockRevision(client: PoolClient, expected: number): Promise<void> {
  const { rows } = await client.query<{ revision: number }>("select revision from kernel.plugin_registry for update");
  if (rows[0]?.revision !== expected) throw new DoorstepError("module.stale");
}

export async function nextRevision(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ revision: number }>(
    "update kernel.plugin_registry set revision = revision + 1 returning revision",
  );
  return rows[0]?.revision ?? 0;
}

/** Recomputes what follows for these plugins from these units down, in the caller's transaction. */
export async function refreshPlugins(
  client: Pick<PoolClient, "query">,
  pluginIds: readonly string[],
  unitIds: readonly string[],
): Promise<readonly EffectChange[]> {
  const { rows } = await client.query<{ plugin_id: string; unit_id: string; was: boolean; enabled: boolean }>(
    "select * from kernel.refresh_plugins($1::text[], $2::uuid[])",
    [[...new Set(pluginIds)], [...new Set(unitIds)]],
  );
  return rows.map((row) => ({ pluginId: row.plugin_id, unitId: row.unit_id, was: row.was, enabled: row.enabled }));
}

/**
 * Refuses whoever a superior has locked out. A lock stands by the right of the unit that set it, so that nobody below
 * that unit can undo it, also not where the locked row is his own unit's.
 */
function assertNotLocked(
  locks: readonly Lock[],
  path: readonly string[],
  place: number,
  units: ReadonlyMap<string, UnitRow>,
): void {
  for (const lock of locks) {
    const lockPlace = path.indexOf(lock.authority);
    const binding = lockPlace === -1 ? path.indexOf(lock.unitId) : lockPlace;
    if (place > binding) throw lockedBy(units.get(lock.authority));
  }
}

/**
 * Writes choices and what follows from them, in the caller's transaction.
 *
 * @throws DoorstepError `module.notFound`, `unit.notFound`, `forbidden`, `module.locked`, `module.lockRight`,
 * `input.invalid` (a lock without a choice of one's own).
 */
export async function applyChoices(
  client: PoolClient,
  actor: Actor,
  changes: readonly ChoiceChange[],
  known: { readonly pluginIds: ReadonlySet<string>; readonly now: Date },
): Promise<readonly EffectChange[]> {
  const named = await unitsById(
    client,
    changes.map((change) => change.unitId),
  );
  const units = await unitsById(
    client,
    [...named.values()].flatMap((unit) => unit.path),
  );
  const { rows } = await client.query<ChoiceRow>(
    `select plugin_id, unit_id, choice, locked, authority from kernel.plugin_choice
      where plugin_id = any($1::text[]) and unit_id = any($2::uuid[])`,
    [changes.map((change) => change.pluginId), [...units.keys()]],
  );
  const current = new Map(rows.map((row) => [`${row.plugin_id} ${row.unit_id}`, row]));
  for (const change of changes) {
    const unit = named.get(change.unitId);
    if (!known.pluginIds.has(change.pluginId)) throw new DoorstepError("module.notFound");
    if (!unit) throw new DoorstepError("unit.notFound");
    const authority = authorityOver(actor, "modules.manage", unit.path);
    if (!authority) throw new DoorstepError("forbidden");
    if (change.lock && change.choice === "inherit") throw new DoorstepError("input.invalid");
    if (change.lock && !mayBindBelow(actor, "modules.manage", unit.path)) throw new DoorstepError("module.lockRight");
    const locks = unit.path.flatMap((unitId) => {
      const row = current.get(`${change.pluginId} ${unitId}`);
      return row?.locked ? [{ unitId, authority: row.authority }] : [];
    });
    assertNotLocked(locks, unit.path, authority.place, units);
    const before = current.get(`${change.pluginId} ${unit.id}`);
    await writeChoice(client, actor, change, authority.unitId, known.now);
    await recordFact(client, {
      stream: unit.id,
      at: known.now,
      type: "module.changed",
      actor: `person:${actor.personId}`,
      facts: {
        plugin: change.pluginId,
        choice: change.choice,
        lock: change.lock,
        was: before?.choice ?? "inherit",
        wasLock: before?.locked ?? false,
      },
    });
    current.set(`${change.pluginId} ${unit.id}`, {
      plugin_id: change.pluginId,
      unit_id: unit.id,
      choice: change.choice,
      locked: change.lock,
      authority: authority.unitId,
    });
  }
  return await refreshPlugins(
    client,
    changes.map((change) => change.pluginId),
    [...named.keys()],
  );
}

async function writeChoice(
  client: PoolClient,
  actor: Actor,
  change: ChoiceChange,
  authority: string,
  now: Date,
): Promise<void> {
  await client.query(
    `insert into kernel.plugin_choice (plugin_id, unit_id, choice, locked, authority, why, by_person, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (plugin_id, unit_id) do update set choice = excluded.choice, locked = excluded.locked,
       authority = excluded.authority, why = excluded.why, by_person = excluded.by_person, at = excluded.at`,
    [change.pluginId, change.unitId, change.choice, change.lock, authority, change.why, actor.personId, now],
  );
}
