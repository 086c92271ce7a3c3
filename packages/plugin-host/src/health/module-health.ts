import type { ModuleHealth } from "@doorstep/contracts";
import type { Kernel } from "@doorstep/kernel";
import type { Serving } from "../calls/endpoint.ts";
import { toSummary, unitsById } from "../choices/unit-rows.ts";
import { problemsOf } from "../modules/summaries.ts";
import type { HostedPlugin } from "../registry.ts";
import { incidentTexts, kindTexts } from "./incident-texts.ts";

/** Incidents shown of one module, the latest first. */
const SHOWN = 20;
const SHOWN_DAYS = 30;

interface Row {
  plugin_id: string;
  version: string;
  kind: keyof typeof kindTexts;
  unit_id: string | null;
  code: keyof typeof incidentTexts;
  day: string;
  count: number;
  last_at: Date;
}

/** Units with those below them, and units alone; or every unit. */
type Scope = readonly [subtree: readonly string[], alone: readonly string[]] | "all";

async function latest(kernel: Pick<Kernel, "pool" | "now">, scope: Scope): Promise<Row[]> {
  const [subtree, alone] = scope === "all" ? [[], []] : scope;
  const { rows } = await kernel.pool.query<Row>(
    `select plugin_id, version, kind, unit_id, code, day::text, count, last_at from (
       select i.*, row_number() over (partition by i.plugin_id order by i.last_at desc, i.kind, i.code, i.unit_id) as place
         from kernel.plugin_incident i left join kernel.units u on u.id = i.unit_id
        where i.day > ($3::timestamptz at time zone 'utc')::date - ${SHOWN_DAYS}
          and (i.unit_id is null or $4 or u.path && $1::uuid[] or u.id = any($2::uuid[]))) one
      where place <= ${SHOWN} order by plugin_id, place`,
    [subtree, alone, kernel.now(), scope === "all"],
  );
  return rows;
}

async function runs({
  remote,
  state,
}: HostedPlugin): Promise<Pick<ModuleHealth, "where" | "memoryBytes" | "restarts">> {
  if (state === "rejected") return { where: null, memoryBytes: null, restarts: 0 };
  if (!remote) return { where: "inPlace", memoryBytes: null, restarts: 0 };
  return { where: remote.runs.where, memoryBytes: await remote.runs.memory(), restarts: remote.ends().count };
}

/** How each module is in this process, and what went wrong of late in any, at units within the scope. */
export async function moduleHealths(
  kernel: Pick<Kernel, "pool" | "now">,
  serving: Serving,
  scope: Scope,
): Promise<readonly ModuleHealth[]> {
  const snapshot = serving.snapshot();
  await serving.health.book.settled();
  const rows = await latest(kernel, scope);
  const units = await unitsById(
    kernel.pool,
    rows.flatMap((row) => row.unit_id ?? []),
  );
  const incidents = Map.groupBy(rows, (row) => row.plugin_id);
  const plugins = [...snapshot.plugins.values()].toSorted((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
  return await Promise.all(
    plugins.map(async (plugin) => {
      const { id, title, version } = plugin.manifest;
      return {
        id,
        title,
        version,
        state: snapshot.stateOf(id),
        problems: [...problemsOf(plugin, serving.incidents)],
        ...(await runs(plugin)),
        paused: serving.health.breakers
          .pausedOf(id)
          .map(({ kind, until }) => ({ kind: kindTexts[kind], until: until.toISOString() })),
        incidents: (incidents.get(id) ?? []).map((row) => {
          const unit = row.unit_id === null ? undefined : units.get(row.unit_id);
          return {
            kind: kindTexts[row.kind],
            code: row.code,
            what: incidentTexts[row.code],
            version: row.version,
            unit: unit ? toSummary(unit) : null,
            count: row.count,
            day: row.day,
            lastAt: row.last_at.toISOString(),
          };
        }),
      };
    }),
  );
}
