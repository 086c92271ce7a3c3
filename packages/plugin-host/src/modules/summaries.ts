import type { moduleSummary } from "@doorstep/contracts";
import type { z } from "zod";
import { problem } from "../boot/problems.ts";
import type { Reader } from "../choices/unit-rows.ts";
import { asksOf } from "../installed/asks.ts";
import type { Health, HostedPlugin, Problem, Snapshot } from "../registry.ts";
import type { Supervised } from "../remote/supervise.ts";
import { settingKeys } from "../settings/setting-keys.ts";

export type ModuleSummary = z.output<typeof moduleSummary>;

/** Every module there is, those that cannot run included: an administrator must see what is wrong and what to do. */
export async function moduleSummaries(
  reader: Reader,
  snapshot: Snapshot,
  health: Health,
): Promise<readonly ModuleSummary[]> {
  const { rows } = await reader.query<{ plugin_id: string; units: number }>(
    "select plugin_id, count(*)::int as units from kernel.plugin_effective where enabled group by plugin_id",
  );
  const units = new Map(rows.map((row) => [row.plugin_id, row.units]));
  return [...snapshot.plugins.values()]
    .map((plugin) => ({ ...plugin.manifest, plugin }))
    .map(({ plugin, ...manifest }) => ({
      id: manifest.id,
      version: manifest.version,
      title: manifest.title,
      purpose: manifest.purpose,
      state: snapshot.stateOf(manifest.id),
      problems: [...problemsOf(plugin, health)],
      capabilities: [...manifest.capabilities],
      asks: [...asksOf(manifest)],
      contributions: manifest.contributions.map(({ point, key, title }) => ({ point, key, title })),
      requires: Object.keys(manifest.requires),
      enabledUnits: snapshot.serves(manifest.id) ? (units.get(manifest.id) ?? 0) : 0,
      defaultOn: manifest.onByDefault,
      hasSettings: settingKeys(manifest).length > 0,
    }))
    .sort((one, other) => one.id.localeCompare(other.id, "en"));
}

/** Everything that is wrong with a plugin now, from its start until its last call. */
export const problemsOf = ({ manifest, problems, remote }: HostedPlugin, health: Health): readonly Problem[] => [
  ...problems,
  ...endsOf(remote),
  ...health.problemsOf(manifest.id),
];

/** What the administrator is told of a process that ended of late. */
function endsOf(remote: Supervised | undefined): readonly Problem[] {
  const { count, last, quarantined } = remote?.ends() ?? { count: 0, last: null, quarantined: false };
  if (quarantined) return [problem("plugin.quarantined", { count })];
  return count === 0 ? [] : [problem("plugin.crashed", { error: last ?? "" })];
}
