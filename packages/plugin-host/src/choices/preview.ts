import type { choicePreview } from "@doorstep/contracts";
import { type Actor, inTransaction } from "@doorstep/kernel";
import type { Pool, PoolClient } from "pg";
import type { z } from "zod";
import type { Snapshot } from "../registry.ts";
import { applyChoices, type ChoiceChange, type EffectChange } from "./choose.ts";
import { toSummary, unitsById } from "./unit-rows.ts";

type Preview = z.output<typeof choicePreview>;

/** Thrown to undo what was tried. */
class Tried extends Error {
  readonly rows: Preview[];
  constructor(rows: Preview[]) {
    super("tried");
    this.rows = rows;
  }
}

/**
 * What choices would change, found by making them and taking them back: so it cannot differ from what `choose` does.
 *
 * @throws DoorstepError as `applyChoices`.
 */
export async function previewChoices(
  pool: Pool,
  snapshot: Snapshot,
  actor: Actor,
  changes: readonly ChoiceChange[],
  now: Date,
): Promise<Preview[]> {
  try {
    await inTransaction(pool, async (client) => {
      const before = await statesOf(client, changes);
      const effects = await applyChoices(client, actor, changes, { pluginIds: snapshot.ids, now });
      throw new Tried(await describe(client, snapshot, changes, before, effects));
    });
  } catch (error) {
    if (error instanceof Tried) return error.rows;
    throw error;
  }
  return [];
}

const keyOf = (at: { readonly pluginId: string; readonly unitId: string }): string => `${at.pluginId} ${at.unitId}`;

async function statesOf(client: PoolClient, changes: readonly ChoiceChange[]): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await client.query<{ plugin_id: string; unit_id: string; enabled: boolean }>(
    "select plugin_id, unit_id, enabled from kernel.plugin_effective where plugin_id = any($1::text[]) and unit_id = any($2::uuid[])",
    [changes.map((change) => change.pluginId), changes.map((change) => change.unitId)],
  );
  return new Map(rows.map((row) => [`${row.plugin_id} ${row.unit_id}`, row.enabled]));
}

async function describe(
  client: PoolClient,
  snapshot: Snapshot,
  changes: readonly ChoiceChange[],
  before: ReadonlyMap<string, boolean>,
  effects: readonly EffectChange[],
): Promise<Preview[]> {
  const own = new Set(changes.map(keyOf));
  const changed = new Set(effects.map(keyOf));
  // A choice that changes nothing now (a lock above, a missing dependency) is shown too, so that nobody wonders.
  const idle = changes
    .filter((change) => !changed.has(keyOf(change)))
    .map((change) => ({
      ...change,
      was: before.get(keyOf(change)) ?? false,
      enabled: before.get(keyOf(change)) ?? false,
    }));
  const all = [...effects, ...idle];
  const units = await unitsById(
    client,
    all.map((one) => one.unitId),
  );
  const open = await openCases(client, all);
  const missing = await missingAt(client, snapshot, all);
  return all.flatMap((one) => {
    const unit = units.get(one.unitId);
    if (!unit) return [];
    return {
      unit: toSummary(unit),
      pluginId: one.pluginId,
      before: one.was && snapshot.serves(one.pluginId),
      after: one.enabled && snapshot.serves(one.pluginId),
      cause: own.has(keyOf(one)) ? ("own" as const) : ("inherited" as const),
      openCases: open.get(keyOf(one)) ?? 0,
      missing: missing.get(keyOf(one)) ?? [],
    };
  });
}

type At = readonly { readonly pluginId: string; readonly unitId: string }[];

/**
 * Running petitions that came by a plugin's channels, by unit. Those of the discipline organs are left out: an
 * administrator must not learn that they exist.
 */
async function openCases(client: PoolClient, at: At): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ plugin_id: string; unit_id: string; open: number }>(
    `select split_part(c.channel_key, '/', 1) as plugin_id, c.holder_unit_id as unit_id, count(*)::int as open
       from kernel.cases c
      where c.holder_unit_id = any($2::uuid[]) and split_part(c.channel_key, '/', 1) = any($1::text[])
        and c.confidentiality < 3
        and c.status not in ('final', 'archived', 'diverted', 'guided', 'merged', 'notReaccepted', 'withdrawn')
      group by 1, 2`,
    [[...new Set(at.map((one) => one.pluginId))], [...new Set(at.map((one) => one.unitId))]],
  );
  return new Map(rows.map((row) => [`${row.plugin_id} ${row.unit_id}`, row.open]));
}

/** Required modules that would be off, by id. */
async function missingAt(client: PoolClient, snapshot: Snapshot, at: At): Promise<ReadonlyMap<string, string[]>> {
  const needs = at.flatMap((one) =>
    Object.keys(snapshot.plugins.get(one.pluginId)?.manifest.requires ?? {}).map((need) => ({ ...one, need })),
  );
  if (needs.length === 0) return new Map();
  const { rows } = await client.query<{ plugin_id: string; unit_id: string }>(
    "select plugin_id, unit_id from kernel.plugin_effective where enabled and plugin_id = any($1::text[]) and unit_id = any($2::uuid[])",
    [needs.map((one) => one.need), needs.map((one) => one.unitId)],
  );
  const on = new Set(rows.map((row) => `${row.plugin_id} ${row.unit_id}`));
  const missing = new Map<string, string[]>();
  for (const one of needs) {
    if (on.has(`${one.need} ${one.unitId}`) && snapshot.serves(one.need)) continue;
    missing.set(keyOf(one), [...(missing.get(keyOf(one)) ?? []), one.need]);
  }
  return missing;
}
