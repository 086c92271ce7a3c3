import type { Kernel } from "../kernel.ts";
import { single } from "../workers/single.ts";
import { checks } from "./checks.ts";

type Proving = Pick<Kernel, "pool" | "now" | "newId" | "log">;

/** So many cases are looked at in one statement: memory stays the same with a thousand and a million. */
const PAGE = 2_000;
const NONE = "00000000-0000-0000-0000-000000000000";

/** All checks of a page in one statement, each by itself: a row a case and check that does not hold. */
export const PROVE_PAGE = checks
  .map(
    (x) =>
      `select '${x.id}' as check_id, c.id as case_id, c.holder_unit_id as unit_id from kernel.cases c where c.id = any ($1::uuid[]) and $2::timestamptz is not null and (${x.broken})`,
  )
  .join("\nunion all\n");

/** Found again: seen anew; found for the first time, or after it was mended: an item. */
const KEEP = `insert into kernel.proof_items (check_id, case_id, unit_id, found_at, seen_at)
  select check_id, case_id, unit_id, $2, $2 from jsonb_to_recordset($1::jsonb) x(check_id text, case_id uuid, unit_id uuid)
  on conflict (check_id, case_id) do update set seen_at = excluded.seen_at, unit_id = excluded.unit_id, mended_at = null,
    found_at = case when kernel.proof_items.mended_at is null then kernel.proof_items.found_at else excluded.found_at end`;

export interface Proof {
  readonly proofId: string;
  readonly cases: number;
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Recomputes what must hold over the whole database, page by page, and keeps the counts. What it finds stays as an
 * item until a later run finds it mended.
 *
 * @returns `null` when another process is at it.
 */
export const prove = (k: Proving, options: { readonly wait?: boolean } = {}): Promise<Proof | null> =>
  single(k.pool, "proof", options, async () => {
    const started = k.now();
    const proofId = k.newId();
    const ticks = performance.now();
    await k.pool.query("insert into kernel.proofs (id, started_at) values ($1, $2)", [proofId, started]);
    const counts: Record<string, number> = Object.fromEntries(checks.map((x) => [x.id, 0]));
    let cases = 0;
    for (let after = NONE; ; ) {
      const { rows } = await k.pool.query<{ id: string }>(
        `select id from kernel.cases where id > $1 order by id limit ${PAGE}`,
        [after],
      );
      const last = rows.at(-1);
      if (!last) break;
      const found = await k.pool.query<{ check_id: string }>(PROVE_PAGE, [rows.map((r) => r.id), started]);
      for (const { check_id } of found.rows) counts[check_id] = (counts[check_id] ?? 0) + 1;
      if (found.rows.length > 0) await k.pool.query(KEEP, [JSON.stringify(found.rows), started]);
      cases += rows.length;
      after = last.id;
    }
    await k.pool.query("update kernel.proof_items set mended_at = $1 where mended_at is null and seen_at < $1", [
      started,
    ]);
    await k.pool.query(
      "update kernel.proofs set finished_at = $2, cases = $3, counts = $4, duration_ms = $5 where id = $1",
      [proofId, k.now(), cases, counts, Math.round(performance.now() - ticks)],
    );
    const stuck = Object.values(counts).reduce((sum, n) => sum + n, 0);
    if (stuck > 0) k.log.warn("the proof found cases that are stuck", { found: stuck, cases });
    return { proofId, cases, counts };
  });

const NIGHT_MS = 20 * 3_600_000;

/** Once a day, however often the server is started. */
export async function proveDaily(k: Proving): Promise<Proof | null> {
  const since = new Date(k.now().getTime() - NIGHT_MS);
  const { rowCount } = await k.pool.query(
    "select 1 from kernel.proofs where started_at > $1 and finished_at is not null limit 1",
    [since],
  );
  return rowCount ? null : prove(k);
}
