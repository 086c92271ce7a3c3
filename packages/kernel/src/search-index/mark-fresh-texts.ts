import type { Pool } from "pg";

/** So many of the newest texts stand in the index of their own: large enough for a page of a word that is in one of a hundred. */
const FRESH = 32_768;
const AT_ONCE = 5_000;

/** Whoever writes a case just now is not waited for: its turn comes the next day. */
const MARK = `with edge as materialized (
    select received from kernel.case_text order by received desc, case_id desc offset $1 limit 1),
  aged as (select t.case_id from kernel.case_text t where t.fresh and t.received <= (select e.received from edge e)
    order by t.case_id limit ${AT_ONCE} for update skip locked),
  young as (select t.case_id from kernel.case_text t where not t.fresh
      and t.received > coalesce((select e.received from edge e), '-infinity')
    order by t.case_id limit ${AT_ONCE} for update skip locked),
  wrong as (select case_id from aged union all select case_id from young)
  update kernel.case_text t set fresh = not t.fresh from wrong w where t.case_id = w.case_id`;

/**
 * Says which texts are the newest, a piece at a time. A search relies on nothing but this: what is newer than every
 * text that is not fresh is fresh itself.
 */
export async function markFreshTexts(pool: Pick<Pool, "query">, fresh = FRESH): Promise<number> {
  let marked = 0;
  for (;;) {
    const { rowCount } = await pool.query(MARK, [fresh]);
    marked += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_ONCE) return marked;
  }
}
