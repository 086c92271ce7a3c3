import type { Id } from "@doorstep/sdk";
import { sql } from "drizzle-orm";
import type { JobCtx } from "../matters/matter-ctx.ts";
import { inspected, inspections } from "../schema.ts";

/** The database draws the sample of an inspection that was just kept, by its seed: drawn again it is the same. */
export async function drawSample(ctx: JobCtx, id: Id, size: number): Promise<void> {
  await ctx.db.execute(
    sql`insert into ${inspected} (inspection_id, case_id, no)
        select ${id}, drawn.case_id, row_number() over (order by md5(drawn.seed || drawn.case_id::text))
          from (select i.seed, unnest(i.pool) as case_id from ${inspections} i where i.id = ${id}) drawn
         order by md5(drawn.seed || drawn.case_id::text) limit ${size}`,
  );
}
