import type { Log } from "@doorstep/kernel";
import type { Pool } from "pg";
import type { IncidentCode, IncidentKind } from "./incident-texts.ts";

export interface Incident {
  readonly pluginId: string;
  readonly version: string;
  readonly kind: IncidentKind;
  readonly unitId: string | null;
  readonly code: IncidentCode;
  readonly at: Date;
}

/** Rows of one module on one day that still name the unit. */
const ROWS_A_DAY = 200;
const KEPT_DAYS = 90;

export interface IncidentBook {
  note(incident: Incident): void;
  /** Resolves when everything noted so far stands in the table. */
  settled(): Promise<void>;
}

/** Writes incidents down as counts. What comes while a statement runs goes with the next one, however much it is. */
export function incidentBook(pool: Pool, log: Log): IncidentBook {
  let waiting: Incident[] = [];
  let writing: Promise<void> | undefined;
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      try {
        await write(pool, taken);
      } catch (error) {
        log.warn("incidents of modules could not be written down", {
          count: taken.length,
          kind: error instanceof Error ? error.name : "",
        });
      }
    }
    writing = undefined;
  };
  return {
    note(incident) {
      waiting.push(incident);
      writing ??= writeAll();
    },
    settled: async () => await writing,
  };
}

async function write(pool: Pool, incidents: readonly Incident[]): Promise<void> {
  const columns = ["pluginId", "version", "kind", "unitId", "code", "at"] as const;
  await pool.query(
    `with given as (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[])
         g (plugin_id, version, kind, unit_id, code, at)
     ),
     placed as (
       select plugin_id, version, kind, code, at, (at at time zone 'utc')::date as day,
         case when (select count(*) from kernel.plugin_incident i
                     where i.plugin_id = g.plugin_id and i.day = (g.at at time zone 'utc')::date) < ${ROWS_A_DAY}
              then unit_id end as unit_id
       from given g
     )
     insert into kernel.plugin_incident as i (plugin_id, version, kind, unit_id, code, day, count, last_at)
     select plugin_id, version, kind, unit_id, code, day, count(*)::int, max(at) from placed
      group by plugin_id, version, kind, unit_id, code, day
     on conflict on constraint plugin_incident_plugin_id_day_kind_code_unit_id_version_key do update
       set count = i.count + excluded.count, last_at = greatest(i.last_at, excluded.last_at)`,
    columns.map((column) => incidents.map((one) => one[column])),
  );
}

/** Forgets incidents after a season. */
export async function tidyIncidents(k: { readonly pool: Pool; readonly now: () => Date }): Promise<void> {
  await k.pool.query(
    "delete from kernel.plugin_incident where day < ($1::timestamptz at time zone 'utc')::date - $2::int",
    [k.now(), KEPT_DAYS],
  );
}
