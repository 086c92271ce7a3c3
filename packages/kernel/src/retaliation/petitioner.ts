import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";

export interface Linked {
  readonly caseId: string;
  readonly kind: "report" | "origin";
  readonly at: string;
}

/** The petitioner's own reports of a matter, and the matter of a report: what his code opens beside the one case. */
export async function linkedOf(k: Pick<Kernel, "pool">, caseId: string): Promise<readonly Linked[]> {
  const { rows } = await k.pool.query<{ caseId: string; kind: Linked["kind"]; at: Date }>(
    `select case_id as "caseId", 'report' as kind, reported_at as at from kernel.retaliations
      where origin_case_id = $1 and reporter = 'petitioner'
     union all
     select origin_case_id, 'origin', reported_at from kernel.retaliations where case_id = $1 and reporter = 'petitioner'
     order by at`,
    [caseId],
  );
  return rows.map((r) => ({ ...r, at: r.at.toISOString() }));
}

/** Joined or split: the same petitioner's, both ways, for as long as they belong together. */
async function belongTogether(k: Pick<Kernel, "pool">, from: string, to: string): Promise<boolean> {
  const { rowCount } = await k.pool.query(
    `select 1 from kernel.case_links where ended_at is null
        and (case_id = $1 and other_case_id = $2 or case_id = $2 and other_case_id = $1) limit 1`,
    [from, to],
  );
  return (rowCount ?? 0) > 0;
}

/** @throws DoorstepError `case.notFound` for anything that is not his */
export async function assertLinked(k: Pick<Kernel, "pool">, from: string, to: string): Promise<void> {
  if ((await linkedOf(k, from)).some((l) => l.caseId === to) || (await belongTogether(k, from, to))) return;
  throw new DoorstepError("case.notFound");
}
