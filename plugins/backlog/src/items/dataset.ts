import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { sql } from "drizzle-orm";
import { LOOK_BACK_DAYS } from "../codes.ts";
import { items } from "../schema.ts";
import type { JobCtx } from "./item-ctx.ts";

interface Alike {
  readonly unitId: string;
  readonly count: number;
  readonly yes: number;
}

/**
 * What the platform releases by month [SPEC 13, I13]: petitions that were in the backlog at its beginning or came into it, and those of
 * them that were struck off in it after a third unit's check. What left the backlog otherwise was in it all the same.
 */
export const backlogOfMonth = {
  title: { "zh-CN": "积案", en: "Backlog" },
  dimensions: {},
  measures: { struck: { "zh-CN": "经核查销号", en: "Struck off after a check" } },
  live: async (ctx: JobCtx, { month }: Parameters<DatasetSpec["live"]>[1]): Promise<readonly DatasetRow[]> => {
    const zone = ctx.unit.timeZone;
    const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(
      sql`with known as (
            select path[1] as unit_id, to_char(entered_at at time zone ${zone}, 'YYYY-MM') as entered,
                   case when state in ('struck', 'closed') then to_char(look_on - ${LOOK_BACK_DAYS}::int, 'YYYY-MM') end as struck,
                   to_char(left_at at time zone ${zone}, 'YYYY-MM') as gone
              from ${items})
          select unit_id as "unitId", count(*)::int as count, (count(*) filter (where struck = ${month}))::int as yes
            from known where entered <= ${month} and coalesce(struck, gone, ${month}) >= ${month} group by unit_id`,
    );
    return rows.map(({ unitId, count, yes }) => ({ unitId, count, values: {}, measures: { struck: yes } }));
  },
};
