import { DoorstepError } from "@doorstep/contracts";
import { type ReleasedRow, readReleases } from "@doorstep/kernel";
import type { CapabilityApi, DatasetAbout, ReleasedFigures } from "@doorstep/sdk";
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

/** Figures that were released: the same for everybody, whoever asks. */
export const datasetsOf = ({ unit, snapshot, request }: Grantor): CapabilityApi["datasets.read"] => ({
  datasets: {
    list: async () => {
      const { rows } = await request.kernel.pool.query<{ plugin_id: string }>(
        "select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id",
        [unit.id],
      );
      return rows.flatMap(({ plugin_id: id }) => {
        const { title: module, contributions } = snapshot.plugins.get(id)?.manifest ?? { contributions: [] };
        return contributions.flatMap(({ key, title, dataset }): DatasetAbout[] =>
          dataset && title && module && snapshot.serves(id) ? [{ dataset: key, title, module, ...dataset }] : [],
        );
      });
    },
    read: async ({ dataset, unitId = unit.id, below = false, from, to }) => {
      const months = monthNumber(to) - monthNumber(from);
      if (!MONTH.test(from) || !MONTH.test(to) || months < 0 || months >= MOST_MONTHS)
        throw new DoorstepError("input.invalid");
      return (await readReleases(request.kernel, { dataset, unitId, below, from, to })).map(toFigures);
    },
  },
});
