import type { Kernel } from "../kernel.ts";
import { single } from "../workers/single.ts";
import { checks } from "./checks.ts";

type Proving = Pick<Kernel, "pool" | "now" | "newId" | "log">;

/** So many cases are looked at in one statement: memory stays the same with a thousand and a million. */
const PAGE = 2_000;
const NONE = "00000000-0000-0000-0000-000000000000";

/** Whose figures they are: those of an accusation are its organ's alone. */
const ORGAN = "case when c.confidentiality = 3 then coalesce(c.organ_id::text, 'none') end";

/** All checks of a page in one statement, each by itself: a row a case and check that does not hold. */
export const PROVE_PAGE = checks
  .map(
    (x) =>
      `select '${x.id}' as check_id, c.id as case_id, c.holder_unit_id as unit_id, ${ORGAN} as organ_id from kernel.cases c where c.id = any ($1::uuid[]) and $2::timestamptz is not null and (${x.broken})`,
  )
  .join("\nunion all\n");

/** Found again: seen anew; found for the first time, or after it was mended: an item. */
const KEEP = `insert into kernel.proof_items (check_id, case_id, unit_id, found_at, seen_at)
  select check_id, case_id, unit_id, $2, $2 from jsonb_to_recordset($1::jsonb) x(check_id text, case_id uuid, unit_id uuid)
  on conflict (check_id, case_id) do update set seen_at = excluded.seen_at, unit_id = excluded.unit_id, mended_at = null,
    found_at = case when kernel.proof_items.mended_at is null then kernel.proof_items.found_at else excluded.found_at end`;

interface Found {
  readonly check_id: string;
  readonly organ_id: string | null;
}
interface Figure {
  cases: number;
  readonly counts: Record<string, number>;
}

/** Counts of a run: of ordinary petitions, of the accusations of each organ, and of all for the run itself. */
class Figures {
  readonly open: Figure = { cases: 0, counts: {} };
  readonly all: Figure = { cases: 0, counts: {} };
  readonly sealed = new Map<string, Figure>();

  #of(organId: string | null): readonly Figure[] {
    if (organId === null) return [this.all, this.open];
    const organ = this.sealed.get(organId) ?? { cases: 0, counts: {} };
    this.sealed.set(organId, organ);
    return [this.all, organ];
  }
  looked(organId: string | null): void {
    for (const figure of this.#of(organId)) figure.cases += 1;
  }
  found(organId: string | null, check: string): void {
    for (const { counts } of this.#of(organId)) counts[check] = (counts[check] ?? 0) + 1;
  }
}

export interface Proof {
  readonly proofId: string;
  readonly cases: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** One page: what is found is kept as items, what was looked at is counted. */
async function lookAt(
  k: Proving,
  rows: readonly { readonly id: string; readonly organ_id: string | null }[],
  started: Date,
  figures: Figures,
): Promise<void> {
  const found = await k.pool.query<Found>(PROVE_PAGE, [rows.map((r) => r.id), started]);
  for (const { check_id, organ_id } of found.rows) figures.found(organ_id, check_id);
  for (const { organ_id } of rows) figures.looked(organ_id);
  if (found.rows.length > 0) await k.pool.query(KEEP, [JSON.stringify(found.rows), started]);
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
    const figures = new Figures();
    for (let after = NONE; ; ) {
      const { rows } = await k.pool.query<{ id: string; organ_id: string | null }>(
        `select c.id, ${ORGAN} as organ_id from kernel.cases c where c.id > $1 order by c.id limit ${PAGE}`,
        [after],
      );
      const last = rows.at(-1);
      if (!last) break;
      await lookAt(k, rows, started, figures);
      after = last.id;
    }
    await k.pool.query("update kernel.proof_items set mended_at = $1 where mended_at is null and seen_at < $1", [
      started,
    ]);
    await k.pool.query(
      "update kernel.proofs set finished_at = $2, cases = $3, counts = $4, duration_ms = $5, sealed = $6 where id = $1",
      [
        proofId,
        k.now(),
        figures.open.cases,
        figures.open.counts,
        Math.round(performance.now() - ticks),
        Object.fromEntries(figures.sealed),
      ],
    );
    const { cases, counts } = figures.all;
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
