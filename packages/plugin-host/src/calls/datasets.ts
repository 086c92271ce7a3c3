import { createHash } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import { type ReleasedRow, readReleases, releaseState } from "@doorstep/kernel";
import type { CapabilityApi, DatasetAbout, Manifest, ReleasedFigures } from "@doorstep/sdk";
import type { Snapshot } from "../registry.ts";
import type { Grantor } from "./capabilities.ts";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const MOST_MONTHS = 36;

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));

/** How a measure stands among the attributes of a release. */
const MEASURE = "+";

function toFigures({ figures, releasedAt, ...row }: ReleasedRow): ReleasedFigures {
  const named = Object.entries(figures);
  const dimensions = named.filter(([name]) => !name.startsWith(MEASURE));
  const measures = named.flatMap(([name, { yes = null, no = null }]) =>
    name.startsWith(MEASURE) ? [[name.slice(MEASURE.length), { yes, no }] as const] : [],
  );
  return {
    ...{ ...row, releasedAt: releasedAt.toISOString() },
    dimensions: Object.fromEntries(dimensions),
    measures: Object.fromEntries(measures),
  };
}

const MOST_DATASETS = 50;

/** What a plugin counts, where it runs. */
function countedBy(snapshot: Snapshot, pluginId: string): readonly DatasetAbout[] {
  const { title: module, contributions } = snapshot.plugins.get(pluginId)?.manifest ?? { contributions: [] };
  return contributions.flatMap(({ key, title, dataset }): DatasetAbout[] =>
    dataset && title && module && snapshot.serves(pluginId) ? [{ dataset: key, title, module, ...dataset }] : [],
  );
}

const digestOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("base64url");

/** A manifest stays as it is while a plugin is registered: it is read through once. */
const digests = new WeakMap<Manifest, string>();

/** Stands for all that a plugin tells of its datasets; `null` where it counts nothing or does not run. */
function countedState(snapshot: Snapshot, pluginId: string): string | null {
  const manifest = snapshot.plugins.get(pluginId)?.manifest;
  if (!manifest?.contributions.some((one) => one.dataset) || !snapshot.serves(pluginId)) return null;
  const known = digests.get(manifest) ?? digestOf(countedBy(snapshot, pluginId));
  digests.set(manifest, known);
  return known;
}

/** Figures that were released: the same for everybody, whoever asks. */
export const datasetsOf = ({ plugin, unit, snapshot, request }: Grantor): CapabilityApi["datasets.read"] => ({
  datasets: {
    list: async () => {
      const { rows } = await request.kernel.pool.query<{ plugin_id: string }>(
        "select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id",
        [unit.id],
      );
      return rows.flatMap(({ plugin_id: id }) => countedBy(snapshot, id));
    },
    read: async ({ dataset, unitId = unit.id, below = false, from, to }) => {
      const months = monthNumber(to) - monthNumber(from);
      if (!MONTH.test(from) || !MONTH.test(to) || months < 0 || months >= MOST_MONTHS)
        throw new DoorstepError("input.invalid");
      return (await readReleases(request.kernel, { dataset, unitId, below, from, to })).map(toFigures);
    },
    stamp: async (datasets) => {
      if (datasets.length > MOST_DATASETS) throw new DoorstepError("input.invalid");
      const { releases, place, on } = await releaseState(request.kernel, unit.id, datasets);
      const counted = on.map((pluginId) => countedState(snapshot, pluginId));
      return digestOf([plugin.manifest.version, releases, place, ...counted.filter((one) => one !== null)]);
    },
  },
});
