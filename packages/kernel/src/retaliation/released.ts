import { localDateOf } from "../clocks/local-time.ts";
import type { FigureRow } from "../figures/month-tree.ts";
import { monthsDue } from "../figures/months-due.ts";
import { releasedMonths, releaseMonth } from "../figures/releases.ts";
import type { Kernel } from "../kernel.ts";
import { single } from "../workers/single.ts";

/** Where a report is counted: at the organ that has it, so that the unit complained of finds none of its own. */
const AT = `join kernel.cases c on c.id = r.case_id left join kernel.offices o on o.id = c.organ_id
            join kernel.units u on u.id = coalesce(o.unit_id, c.holder_unit_id)`;
const inMonth = (at: string): string => `to_char(${at} at time zone u.time_zone, 'YYYY-MM') = $1`;

interface Counting {
  readonly dataset: string;
  readonly measures: readonly string[];
  readonly sql: string;
}

/** Reports of retaliation as they are released [SPEC §13, I23]: each stage in the month in which it was done or due. */
const counting: readonly Counting[] = [
  {
    ...{ dataset: "kernel/retaliation-reports", measures: [] },
    sql: `select u.id as "unitId", count(*)::int as count, 0 as yes
            from kernel.retaliations r ${AT} where ${inMonth("r.reported_at")} group by u.id`,
  },
  {
    ...{ dataset: "kernel/retaliation-protection", measures: ["inTime"] },
    sql: `select u.id as "unitId", count(*)::int as count,
                 (count(*) filter (where k.breached_at is null and k.stopped_at <= k.due_at))::int as yes
            from kernel.retaliations r ${AT} join kernel.clocks k on k.case_id = r.case_id
           where k.code = 'K24' and k.explain->>'rule' = 'K24.protection' and to_char(k.due_on, 'YYYY-MM') = $1 group by u.id`,
  },
  {
    ...{ dataset: "kernel/retaliation-findings", measures: ["confirmed"] },
    sql: `select u.id as "unitId", count(*)::int as count,
                 (count(*) filter (where r.outcome in ('found', 'partly')))::int as yes
            from kernel.retaliations r ${AT} where ${inMonth("r.concluded_at")} group by u.id`,
  },
];

async function releaseOne(k: Kernel, { dataset, measures, sql }: Counting, today: string): Promise<void> {
  const released = await releasedMonths(k, dataset);
  const [newest = "", ...before] = monthsDue(today);
  if (released.has(newest)) return;
  const last = [...released.keys()].toSorted().at(-1);
  // of months before the first one there was nobody to be told; the newest is kept last, as it ends the round
  const months = before.filter((month) => last !== undefined && (released.has(month) || month > last));
  for (const month of [...months.toReversed(), newest]) {
    const { rows } = await k.pool.query<{ unitId: string; count: number; yes: number }>(sql, [month]);
    await releaseMonth(k, {
      ...{ dataset, month, dimensions: {}, measures, hidesNone: true },
      rows: rows.map(
        ({ unitId, count, yes }): FigureRow => ({
          ...{ unitId, count, values: {} },
          measures: Object.fromEntries(measures.map((one) => [one, yes])),
        }),
      ),
    });
  }
}

/**
 * Releases a month of reports of retaliation ten days after its end: how many there were, protection decided within five working
 * days, what was found to be true. By no module, since none reads such a report, and none is shown like one to four: nobody may
 * learn by a hidden number that somebody has reported.
 */
export async function releaseReports(k: Kernel): Promise<void> {
  await single(k.pool, "retaliation", {}, async () => {
    const { rows } = await k.pool.query<{ timeZone: string }>(
      `select time_zone as "timeZone" from kernel.units where parent_id is null order by code limit 1`,
    );
    const [top] = rows;
    if (!top) return;
    const today = localDateOf(k.now().toISOString(), top.timeZone);
    for (const one of counting) await releaseOne(k, one, today);
  });
}
