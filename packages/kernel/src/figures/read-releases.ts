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
