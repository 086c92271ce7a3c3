import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { sql } from "drizzle-orm";
import { charges, visits } from "../schema.ts";
import type { JobCtx } from "./charge-ctx.ts";

interface Alike {
  readonly unitId: string;
  readonly count: number;
  readonly yes: number;
}

/** What the platform releases by month: visits that leaders wrote down, in the month in which they did so. */
export const leaderVisits = {
  title: { "zh-CN": "领导包案走访", en: "Visits by leaders" },
  dimensions: {},
  measures: { met: { "zh-CN": "见到了来信人", en: "Met the petitioner" } },
  live: async (ctx: JobCtx, { month }: Parameters<DatasetSpec["live"]>[1]): Promise<readonly DatasetRow[]> => {
    const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(
      sql`select c.path[1] as "unitId", count(*)::int as count, (count(*) filter (where v.met))::int as yes
            from ${visits} v join ${charges} c on c.id = v.charge_id
           where to_char(v.written_at at time zone ${ctx.unit.timeZone}, 'YYYY-MM') = ${month} group by c.path[1]`,
    );
    return rows.map(({ unitId, count, yes }) => ({ unitId, count, values: {}, measures: { met: yes } }));
  },
};
