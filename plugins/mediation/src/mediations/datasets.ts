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

type Alike<M extends string> = { readonly unitId: string; readonly tier: number; readonly count: number } & Readonly<
  Record<M, number>
>;

/** What is alike in unit and tier, as it is released: each measure stands in the column of its name. */
async function rowsOf<M extends string>(ctx: JobCtx, query: SQL, measures: readonly M[]): Promise<DatasetRow[]> {
  const { rows } = await ctx.db.execute<Alike<M> & Record<string, unknown>>(query);
  return rows.map((row) => ({
    ...{ unitId: row.unitId, count: row.count, values: { tier: String(row.tier) } },
    measures: Object.fromEntries(measures.map((one) => [one, row[one]])),
  }));
}

/** Whether one that had begun may have ended in the month on a day that was not kept yet. */
async function isUnknown(ctx: JobCtx, month: string): Promise<boolean> {
  const undated = await ctx.db.$count(
    mediations,
    sql`state = 'ended' and ended_on is null and to_char(until_on, 'YYYY-MM') >= ${month}
        and to_char(offered_at at time zone ${ctx.unit.timeZone}, 'YYYY-MM') <= ${month}`,
  );
  return undated > 0;
}

type Asked = Parameters<DatasetSpec["live"]>[1];
const dimensions = { tier: { title: t("调解层级", "How close to home"), values: tierTexts } };

/** What the platform releases by month [SPEC 13, I14 to I17], of the units that hold the petitions. */
export const datasets = {
  agreement: {
    ...{ title: t("到期的调解协议", "Agreements due"), dimensions },
    measures: { kept: t("已经履行", "Performed") },
    live: (ctx: JobCtx, { month }: Asked) =>
      rowsOf(
        ctx,
        sql`select path[1] as "unitId", tier, count(*)::int as count, count(*) filter (where state = 'kept')::int as kept
              from ${mediations}
             where state in ('settled', 'kept', 'broken') and to_char(perform_on, 'YYYY-MM') = ${month}
             group by path[1], tier`,
        ["kept"],
      ),
  },
  visit: {
    ...{ title: t("到期的回访", "Follow-up visits due"), dimensions },
    measures: { done: t("已经回访", "Done") },
    live: (ctx: JobCtx, { month }: Asked) =>
      rowsOf(
        ctx,
        sql`select m.path[1] as "unitId", m.tier, count(*)::int as count, count(v.answered_at)::int as done
              from ${visits} v join ${mediations} m on m.id = v.mediation_id
             where to_char(v.due_on, 'YYYY-MM') = ${month}
             group by m.path[1], m.tier`,
        ["done"],
      ),
  },
  /** Each that had begun, in the month in which it came to an agreement or ended without one. */
  concluded: {
    ...{ title: t("已结束的调解", "Mediations concluded"), dimensions },
    measures: {
      agreed: t("达成协议", "With an agreement"),
      agreedNear: t("在身边人或者连营一级达成协议", "With an agreement among peers, company or battalion"),
    },
    live: async (ctx: JobCtx, { month }: Asked) =>
      (await isUnknown(ctx, month))
        ? null
        : await rowsOf(
            ctx,
            sql`select path[1] as "unitId", tier, count(*)::int as count, count(settled_on)::int as agreed,
                       count(settled_on) filter (where tier <= 2)::int as "agreedNear"
                  from ${mediations}
                 where until_on is not null and to_char(coalesce(settled_on, ended_on), 'YYYY-MM') = ${month}
                 group by path[1], tier, settled_on is null`,
            ["agreed", "agreedNear"],
          ),
  },
};
