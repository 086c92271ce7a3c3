import type { Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { type SQL, sql } from "drizzle-orm";
import { mediations, visits } from "../schema.ts";
import type { JobCtx } from "./mediation-ctx.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
const tierTexts: Readonly<Record<string, Text>> = {
  "1": t("身边人调解", "Peers"),
  "2": t("连营调解", "Company or battalion"),
  "3": t("单位调解组织", "The unit's committee"),
  "4": t("军地联合调解", "With civil offices"),
};

interface Alike {
  readonly unitId: string;
  readonly tier: number;
  readonly count: number;
  readonly yes: number;
}

const rowsOf = async (ctx: JobCtx, query: SQL, measure: string): Promise<readonly DatasetRow[]> => {
  const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(query);
  return rows.map(({ unitId, tier, count, yes }) => ({
    ...{ unitId, count, values: { tier: String(tier) }, measures: { [measure]: yes } },
  }));
};
type Asked = Parameters<DatasetSpec["live"]>[1];
const dimensions = { tier: { title: t("调解层级", "How close to home"), values: tierTexts } };

/** What the platform releases by month [SPEC 13, I16 and I17], of the units that hold the petitions. */
export const datasets = {
  agreement: {
    ...{ title: t("到期的调解协议", "Agreements due"), dimensions },
    measures: { kept: t("已经履行", "Performed") },
    live: (ctx: JobCtx, { month }: Asked) =>
      rowsOf(
        ctx,
        sql`select path[1] as "unitId", tier, count(*)::int as count, count(*) filter (where state = 'kept')::int as yes
              from ${mediations}
             where state in ('settled', 'kept', 'broken') and to_char(perform_on, 'YYYY-MM') = ${month}
             group by path[1], tier`,
        "kept",
      ),
  },
  visit: {
    ...{ title: t("到期的回访", "Follow-up visits due"), dimensions },
    measures: { done: t("已经回访", "Done") },
    live: (ctx: JobCtx, { month }: Asked) =>
      rowsOf(
        ctx,
        sql`select m.path[1] as "unitId", m.tier, count(*)::int as count, count(v.answered_at)::int as yes
              from ${visits} v join ${mediations} m on m.id = v.mediation_id
             where to_char(v.due_on, 'YYYY-MM') = ${month}
             group by m.path[1], m.tier`,
        "done",
      ),
  },
};
