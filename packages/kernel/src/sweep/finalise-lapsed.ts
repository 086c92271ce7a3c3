import { DoorstepError } from "@doorstep/contracts";
import { finaliseCase } from "../cases/conclude.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";

const PAGE = 200;

interface Lapsed {
  readonly id: string;
  readonly case_id: string;
  readonly due_on: string;
}

/** Clocks of unused rights to review, oldest first; the index holds those alone. */
export const REVIEWS_LAPSED = `select id, case_id, due_on from kernel.clocks
  where state = 'breached' and code in ('K12', 'K15') and (due_on, case_id) > ($1::date, $2::uuid)
  order by due_on, case_id limit ${PAGE}`;

async function lapsedAfter(k: Kernel, after: Lapsed | undefined): Promise<readonly Lapsed[]> {
  const { rows } = await k.pool.query<Lapsed>({
    name: "reviews_lapsed",
    text: REVIEWS_LAPSED,
    values: [after?.due_on ?? "0001-01-01", after?.case_id ?? "00000000-0000-0000-0000-000000000000"],
  });
  return rows;
}

async function finalise(k: Kernel, lapsed: Lapsed): Promise<boolean> {
  try {
    const on = { caseId: lapsed.case_id, key: `finalise:${lapsed.id}`, party: { kind: "system" } as const };
    await execute(k, finaliseCase, on, {});
    return true;
  } catch (error) {
    // something is still open, or a person was quicker: the guards have the last word
    if (error instanceof DoorstepError) return false;
    k.log.error("a lapsed case could not be made final", {
      case: lapsed.case_id,
      error: (error as { code?: string }).code ?? (error as Error).name,
    });
    return false;
  }
}

/** T25 by the system: the time to ask for review has passed unused and nothing is open [ZJ16:25]. */
export async function finaliseLapsed(k: Kernel): Promise<number> {
  let done = 0;
  let after: Lapsed | undefined;
  for (;;) {
    const page = await lapsedAfter(k, after);
    const ready = await stillReplied(k, page);
    for (const lapsed of page) if (ready.has(lapsed.case_id) && (await finalise(k, lapsed))) done += 1;
    if (page.length < PAGE) return done;
    after = page.at(-1);
  }
}

/** Those that a cheap look does not already rule out. */
async function stillReplied(k: Kernel, page: readonly Lapsed[]): Promise<ReadonlySet<string>> {
  if (page.length === 0) return new Set();
  const { rows } = await k.pool.query<{ id: string }>(
    "select id from kernel.cases where id = any ($1::uuid[]) and status = 'replied' and not 'fulfilling' = any (flags)",
    [page.map((l) => l.case_id)],
  );
  return new Set(rows.map((r) => r.id));
}
