import type { Kernel } from "../kernel.ts";

/** Which released figures are read. */
export interface ReleasesAsked {
  readonly dataset: string;
  readonly unitId: string;
  /** with the units right below it */
  readonly below: boolean;
  /** months, both included */
  readonly from: string;
  readonly to: string;
}

/** A unit's figures of a month as they were released. */
export interface ReleasedRow {
  readonly month: string;
  /** 1; higher for a correction */
  readonly number: number;
  readonly releasedAt: Date;
  readonly unitId: string;
  readonly own: boolean;
  readonly total: number | null;
  readonly figures: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

/** The last release of each month: nothing in it has to be kept from anybody. */
export async function readReleases(k: Pick<Kernel, "pool">, asked: ReleasesAsked): Promise<readonly ReleasedRow[]> {
  const { dataset, unitId, below, from, to } = asked;
  const { rows } = await k.pool.query<ReleasedRow>(
    `select r.month, r.number, r.released_at as "releasedAt", w.unit_id as "unitId", w.own, w.total, w.figures
       from (select distinct on (month) id, month, number, released_at from kernel.figure_releases
              where dataset = $1 and month between $4 and $5 order by month, number desc) r
       cross join lateral (
         select i.unit_id, i.own, i.total, i.figures from kernel.figure_rows i where i.release_id = r.id and i.unit_id = $2
         union all
         select b.unit_id, b.own, b.total, b.figures from kernel.figure_rows b
          where $3 and b.release_id = r.id and b.parent_id = $2 and not b.own) w
       join kernel.units u on u.id = w.unit_id
      order by r.month, w.unit_id <> $2, u.code, w.own`,
    [dataset, unitId, below, from, to],
  );
  return rows;
}

/** By what it is known that released figures of a unit would be read otherwise now than before. */
export interface ReleaseState {
  /** of each dataset that was asked for; releases are only ever added */
  readonly releases: Readonly<Record<string, number>>;
  /** stands for the unit and those right below it: where they are and what they are called */
  readonly place: string;
  /** the modules that are on at the unit */
  readonly on: readonly string[];
}

/** One statement, which reads as much in a large house as in a small one. */
export async function releaseState(
  k: Pick<Kernel, "pool">,
  unitId: string,
  datasets: readonly string[],
): Promise<ReleaseState> {
  const { rows } = await k.pool.query<ReleaseState>(
    `select (select coalesce(jsonb_object_agg(r.dataset, r.count), '{}') from
              (select dataset, count(*) from kernel.figure_releases where dataset = any($2) group by dataset) r) as releases,
            (select coalesce(md5(string_agg(concat_ws(' ', u.id, u.path, u.code, to_json(u.name_zh), to_json(u.name_en), u.time_zone), ','
              order by u.id)), '') from kernel.units u where u.id = $1 or u.parent_id = $1) as place,
            array(select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id) as "on"`,
    [unitId, datasets],
  );
  const [state] = rows;
  if (!state) throw new Error("no state of released figures");
  return state;
}
