import { isDeepStrictEqual } from "node:util";
import type { saveSettingsInput, settingsPreview } from "@doorstep/contracts";
import { type Actor, inTransaction, type Kernel, mayAt } from "@doorstep/kernel";
import type { PoolClient } from "pg";
import type { z } from "zod";
import { type Reader, toSummary, toUnitRow, UNIT_COLUMNS, type UnitRow } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { resolveKeys, type SettingsStore, type StoredValue, storedValues } from "./read-settings.ts";
import { saveSettings } from "./save-settings.ts";

type Preview = z.output<typeof settingsPreview>;
type Save = z.output<typeof saveSettingsInput>;

/** Rows shown; how many there are in all is told besides. */
const SHOWN = 200;

/** Thrown to undo what was tried. */
class Tried extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super("tried");
    this.preview = preview;
  }
}

/**
 * What saving would change at the unit and below, found by saving and taking it back: so it cannot differ from what
 * `saveSettings` does.
 *
 * @throws DoorstepError as `saveSettings`
 */
export async function previewSettings(
  { pool, keys, now }: Pick<Kernel, "pool" | "keys" | "now">,
  plugin: HostedPlugin,
  actor: Actor,
  input: Save,
): Promise<Preview> {
  try {
    return await inTransaction(pool, async (client) => {
      const store = { pool: client, keys };
      const units = await unitsBelow(client, actor, input.unitId);
      const before = await valuesAt(store, plugin, units);
      await saveSettings(store, plugin, actor, input, now());
      throw new Tried(compare(plugin, units, before, await valuesAt(store, plugin, units)));
    });
  } catch (error) {
    if (error instanceof Tried) return error.preview;
    throw error;
  }
}

async function unitsBelow(reader: Reader, actor: Actor, unitId: string): Promise<readonly UnitRow[]> {
  const { rows } = await reader.query(
    `select ${UNIT_COLUMNS} from kernel.units u where $1 = any(u.path) order by u.level, u.code`,
    [unitId],
  );
  return rows.map(toUnitRow).filter((unit) => mayAt(actor, "modules.read", unit.path.toReversed()));
}

type Resolved = ReturnType<typeof resolveKeys>;

async function valuesAt(
  store: SettingsStore & { readonly pool: PoolClient },
  plugin: HostedPlugin,
  units: readonly UnitRow[],
): Promise<readonly Resolved[]> {
  // one read for the whole subtree: everything set at any of them or on the way to them
  const path = [...new Set(units.flatMap((unit) => unit.path))];
  const all = await storedValues(store, { path }, [plugin.manifest.id]);
  const byUnit = Map.groupBy(all, (one: StoredValue) => one.unitId);
  return units.map((unit) =>
    resolveKeys(
      plugin,
      unit.path.flatMap((id) => byUnit.get(id) ?? []),
    ),
  );
}

function compare(
  plugin: HostedPlugin,
  units: readonly UnitRow[],
  before: readonly Resolved[],
  after: readonly Resolved[],
): Preview {
  const changes = units.flatMap((unit, n) =>
    [...(after[n] ?? [])].flatMap(([key, now]) => {
      const was = before[n]?.get(key);
      if (isDeepStrictEqual(was?.value, now.value)) return [];
      const shown = now.secret
        ? { before: null, after: null }
        : { before: was?.value ?? null, after: now.value ?? null };
      return [{ unit: toSummary(unit), key, secret: now.secret, ...shown }];
    }),
  );
  return {
    pluginId: plugin.manifest.id,
    units: new Set(changes.map((change) => change.unit.id)).size,
    changes: changes.slice(0, SHOWN),
  };
}
