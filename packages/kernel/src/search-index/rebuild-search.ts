import type { Pool } from "pg";
import { fillCaseText } from "./fill-case-text.ts";

const PAGE = 500;
const FIRST = "00000000-0000-0000-0000-000000000000";

export interface RebuildOptions {
  /** also those that have a text already */
  readonly all?: boolean;
  readonly onPage?: (done: number) => void;
}

/** Fills the index for cases that came by COPY or were restored; may be broken off and started again. */
export async function rebuildSearch(pool: Pool, options: RebuildOptions = {}): Promise<number> {
  let done = 0;
  let after: string | undefined = FIRST;
  while (after !== undefined) {
    const page: { rows: { id: string }[] } = await pool.query<{ id: string }>({
      name: "search_rebuild_page",
      text: `select c.id from kernel.cases c where c.id > $1 and c.confidentiality < 3
          and ($2 or not exists (select 1 from kernel.case_text t where t.case_id = c.id))
        order by c.id limit ${PAGE}`,
      values: [after, options.all === true],
    });
    const ids = page.rows.map((r) => r.id);
    await fillCaseText(pool, ids);
    done += ids.length;
    if (ids.length > 0) options.onPage?.(done);
    after = ids.length === PAGE ? ids.at(-1) : undefined;
  }
  return done;
}
