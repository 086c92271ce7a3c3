import { type Choice, DoorstepError, type ModuleExplanation, type Text } from "@doorstep/contracts";
import type { Snapshot } from "../registry.ts";
import { standingSentence } from "./sentence.ts";
import { type Reader, toSummary, type UnitRow, unitById, unitsById } from "./unit-rows.ts";

interface Row {
  plugin_id: string;
  chosen: boolean;
  enabled: boolean;
  decided_by: string | null;
  locked_by: string | null;
  own: Choice | null;
  own_locked: boolean | null;
  why: string | null;
  at: Date | null;
  above: boolean | null;
}

/** $1 unit, $2 plugins */
const ROWS = `
  select e.plugin_id, e.chosen, e.enabled, e.decided_by, e.locked_by, c.choice as own, c.locked as own_locked,
    d.why, d.at, above.chosen as above
  from kernel.plugin_effective e
  join kernel.units u on u.id = e.unit_id
  left join kernel.plugin_choice c on c.plugin_id = e.plugin_id and c.unit_id = e.unit_id
  left join kernel.plugin_choice d on d.plugin_id = e.plugin_id and d.unit_id = e.decided_by
  left join kernel.plugin_effective above on above.plugin_id = e.plugin_id and above.unit_id = u.parent_id
  where e.unit_id = $1 and e.plugin_id = any($2::text[])`;

function needsOf(snapshot: Snapshot, pluginId: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    for (const need of Object.keys(snapshot.plugins.get(id)?.manifest.requires ?? {})) {
      if (found.has(need)) continue;
      found.add(need);
      visit(need);
    }
  };
  visit(pluginId);
  return found;
}

/** Who decided whether a module is on at a unit, who locked it and what blocks it. */
export async function explain(
  reader: Reader,
  snapshot: Snapshot,
  unitId: string,
  pluginId: string,
): Promise<ModuleExplanation> {
  const plugin = snapshot.plugins.get(pluginId);
  if (!plugin) throw new DoorstepError("module.notFound");
  const unit = await unitById(reader, unitId);
  const needs = [...needsOf(snapshot, pluginId)];
  const { rows } = await reader.query<Row>(ROWS, [unitId, [pluginId, ...needs]]);
  const byPlugin = new Map(rows.map((row) => [row.plugin_id, row]));
  const row = byPlugin.get(pluginId);
  const units = await unitsById(
    reader,
    [row?.decided_by, row?.locked_by].filter((id) => id != null),
  );
  return describe({ snapshot, plugin, unit, row, byPlugin, needs, units });
}

interface Facts {
  readonly snapshot: Snapshot;
  readonly plugin: { readonly manifest: { readonly id: string; readonly onByDefault: boolean } };
  readonly unit: UnitRow;
  readonly row: Row | undefined;
  readonly byPlugin: ReadonlyMap<string, Row>;
  readonly needs: readonly string[];
  readonly units: ReadonlyMap<string, UnitRow>;
}

function blocks(facts: Facts, isChosen: boolean): ModuleExplanation["blockedBy"] {
  const { snapshot, plugin, needs, byPlugin } = facts;
  const own = snapshot.stateOf(plugin.manifest.id);
  const blocked: ModuleExplanation["blockedBy"] = snapshot.serves(plugin.manifest.id) ? [] : [{ state: own }];
  if (!isChosen) return blocked;
  for (const need of needs) {
    if (!snapshot.serves(need)) blocked.push({ dependency: need, state: snapshot.stateOf(need) });
    else if (!byPlugin.get(need)?.chosen) blocked.push({ dependency: need });
  }
  return blocked;
}

function describe(facts: Facts): ModuleExplanation {
  const { snapshot, plugin, unit, row, units } = facts;
  const chosen = row?.chosen ?? plugin.manifest.onByDefault;
  const blockedBy = blocks(facts, chosen);
  const effective = chosen && blockedBy.length === 0;
  const named = (id: string | null | undefined) => {
    const found = id ? units.get(id) : undefined;
    return found ? { name: found.name, isUnitItself: found.id === unit.id } : null;
  };
  const title = (id: string): Text => snapshot.plugins.get(id)?.manifest.title ?? { "zh-CN": id, en: id };
  const summary = (id: string | null | undefined) => {
    const found = id ? units.get(id) : undefined;
    return found ? toSummary(found) : null;
  };
  return {
    unitId: unit.id,
    pluginId: plugin.manifest.id,
    effective,
    own: row?.own ?? "inherit",
    ownLock: row?.own_locked ?? false,
    decidedBy: summary(row?.decided_by),
    lockedBy: summary(row?.locked_by),
    blockedBy,
    why: row?.why ?? "",
    since: row?.at?.toISOString() ?? null,
    sentence: standingSentence({
      effective,
      chosen,
      own: row?.own ?? "inherit",
      decidedBy: named(row?.decided_by),
      lockedBy: named(row?.locked_by),
      above: row?.above ?? null,
      missing: blockedBy.flatMap((block) => (block.dependency === undefined ? [] : [title(block.dependency)])),
      outOfOrder: blockedBy.some((block) => block.dependency === undefined),
    }),
  };
}
