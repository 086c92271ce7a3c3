import type { Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { sql } from "drizzle-orm";
import type { JobCtx } from "../matters/matter-ctx.ts";
import { recommendations } from "../schema.ts";
import en from "../ui/en.json" with { type: "json" };
import zh from "../ui/zh-CN.json" with { type: "json" };
import { recommendationKinds } from "./kinds.ts";

interface Alike {
  readonly to_unit: string;
  readonly kind: string;
  readonly count: number;
  readonly in_time: number;
  readonly answered: number;
  readonly adopted: number;
}

const values: Readonly<Record<string, Text>> = Object.fromEntries(
  recommendationKinds.map((kind) => [kind, { "zh-CN": zh.recommend.kind[kind], en: en.recommend.kind[kind] }]),
);

/** Recommendations in the month in which their answer was due, at the unit that owed it (I20). */
export const answerRates = {
  title: { "zh-CN": "信访工作建议", en: "Recommendations" },
  dimensions: { kind: { title: { "zh-CN": "种类", en: "Kind" }, values } },
  measures: {
    inTime: { "zh-CN": "三十日内答复", en: "Answered within thirty days" },
    answered: { "zh-CN": "已经答复", en: "Answered at all" },
    adopted: { "zh-CN": "采纳", en: "Adopted" },
  },
  live: async (ctx: JobCtx, { month }: Parameters<DatasetSpec["live"]>[1]): Promise<readonly DatasetRow[]> => {
    const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(
      sql`select to_unit, kind, count(*)::int as count,
                 (count(*) filter (where answered_on <= due_on))::int as in_time,
                 count(answered_on)::int as answered,
                 (count(*) filter (where outcome = 'adopted'))::int as adopted
            from ${recommendations}
           where due_on between ${`${month}-01`}::date and (${`${month}-01`}::date + interval '1 month - 1 day')
           group by to_unit, kind, answered_on is null, answered_on <= due_on, outcome = 'adopted'`,
    );
    return rows.map(({ to_unit: unitId, kind, count, in_time: inTime, answered, adopted }) => ({
      ...{ unitId, count, values: { kind }, measures: { inTime, answered, adopted } },
    }));
  },
};
