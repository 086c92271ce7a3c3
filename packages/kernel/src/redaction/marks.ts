import type { CaseView } from "@doorstep/contracts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { COVERED_NOW } from "../pipeline/load-case.ts";

interface Row {
  readonly id: string;
  readonly words: string;
  readonly kind: CaseView["redactions"][number]["kind"];
  readonly reason: CaseView["redactions"][number]["reason"];
  readonly by: string;
  readonly marked_at: Date;
}

/** What is covered, by whom and why, for those who handle the case. */
export async function marksOf(
  k: Pick<Kernel, "pool" | "keys">,
  c: Pick<LoadedCase, "id" | "organId">,
): Promise<CaseView["redactions"]> {
  const { rows } = await k.pool.query<Row>(
    `select x.id, x.words, x.kind, x.reason, p.name as by, x.marked_at from kernel.redactions x
       join kernel.people p on p.id = x.marked_by where x.case_id = $1 and ${COVERED_NOW} order by x.marked_at, x.id`,
    [c.id],
  );
  const { reveal } = shelterOf(k.keys, c);
  return rows.map((row) => ({
    id: row.id,
    words: reveal(places.redaction(row.id), row.words),
    kind: row.kind,
    reason: row.reason,
    by: row.by,
    at: row.marked_at.toISOString(),
  }));
}
