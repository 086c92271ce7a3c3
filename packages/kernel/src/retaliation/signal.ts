import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import type { Kernel } from "../kernel.ts";

/** More within a year would be another kind of trouble. */
const MOST = 5_000;
const YEAR_MS = 365 * 86_400_000;

interface Report {
  readonly caseId: string;
  readonly unitId: string;
  readonly zh: string;
  readonly en: string;
  readonly outcome: string | null;
  readonly concluded: boolean;
}

/**
 * Reports of retaliation of the last twelve months by the unit complained of, the most first. Only those are counted that the
 * asker may open, so that whoever must not learn of a report learns of no number either: the organ two levels up sees them
 * [SPEC §12.4].
 */
export async function retaliationSignal(k: Kernel, actor: Actor) {
  const { rows } = await k.pool.query<Report>(
    `select r.case_id as "caseId", r.unit_id as "unitId", u.name_zh as zh, u.name_en as en, r.outcome,
            r.concluded_at is not null as concluded
       from kernel.retaliations r join kernel.units u on u.id = r.unit_id
      where r.reported_at > $1 order by r.reported_at desc limit ${MOST}`,
    [new Date(k.now().getTime() - YEAR_MS)],
  );
  const ids = rows.map((row) => row.caseId);
  const seen = await readAs(k, actor, async (client) => {
    const found = await client.query<{ id: string }>("select id from kernel.cases where id = any($1::uuid[])", [ids]);
    return new Set(found.rows.map((one) => one.id));
  });
  const byUnit = Map.groupBy(
    rows.filter((row) => seen.has(row.caseId)),
    (row) => row.unitId,
  );
  return [...byUnit.values()]
    .map((reports) => ({
      unit: { "zh-CN": reports[0]?.zh ?? "", en: reports[0]?.en ?? "" },
      reports: reports.length,
      open: reports.filter((one) => !one.concluded).length,
      found: reports.filter((one) => one.outcome === "found" || one.outcome === "partly").length,
    }))
    .toSorted((a, b) => b.reports - a.reports || a.unit["zh-CN"].localeCompare(b.unit["zh-CN"]));
}
