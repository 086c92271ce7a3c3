import type { Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { sql } from "drizzle-orm";
import type { JobCtx } from "../causes/cause-ctx.ts";
import { kinds } from "../codes.ts";
import { causes, links, rounds } from "../schema.ts";
import en from "../ui/en.json" with { type: "json" };
import zh from "../ui/zh-CN.json" with { type: "json" };

interface Alike {
  readonly unit_id: string;
  readonly kind: string;
  readonly count: number;
}

const values: Readonly<Record<string, Text>> = Object.fromEntries(
  kinds.map((kind) => [kind, { "zh-CN": zh.kind[kind], en: en.kind[kind] }]),
);

const kind = { title: { "zh-CN": "根源", en: "Cause" }, values };
type Asked = Parameters<DatasetSpec["live"]>[1];

/** Each petition once, with the cause it was linked with first, in the month of that day and where it was held then. */
export const petitionsByCause = {
  title: { "zh-CN": "找到根源的信访事项", en: "Petitions whose cause was found" },
  dimensions: { kind },
  measures: {},
  live: async (ctx: JobCtx, { month }: Asked): Promise<readonly DatasetRow[]> => {
    const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(
      sql`select unit_id, kind, count(*)::int as count from (
            select distinct on (l.case_id) l.unit_id, l.linked_on, c.kind
              from ${links} l join ${causes} c on c.id = l.cause_id where c.state <> 'dropped'
             order by l.case_id, l.linked_at, l.cause_id) first
           where linked_on between ${`${month}-01`}::date and (${`${month}-01`}::date + interval '1 month - 1 day')
           group by unit_id, kind`,
    );
    return rows.map(({ unit_id: unitId, kind, count }) => ({ unitId, count, values: { kind }, measures: {} }));
  },
};

/** Each fix whose figures were looked at, in that month, at the unit that works on the cause. */
export const fixesVerified = {
  title: { "zh-CN": "用数字核验过的整改措施", en: "Fixes verified by the figures" },
  dimensions: { kind },
  measures: { fell: { "zh-CN": zh.verdict.fell, en: en.verdict.fell } },
  live: async (ctx: JobCtx, { month }: Asked): Promise<readonly DatasetRow[]> => {
    const { rows } = await ctx.db.execute<Alike & { readonly fell: number } & Record<string, unknown>>(
      sql`select c.unit_id, c.kind, count(*)::int as count, (count(*) filter (where r.verdict = 'fell'))::int as fell
            from ${rounds} r join ${causes} c on c.id = r.cause_id
           where to_char(r.verified_at at time zone ${ctx.unit.timeZone}, 'YYYY-MM') = ${month}
           group by c.unit_id, c.kind`,
    );
    return rows.map(({ unit_id: unitId, kind: value, count, fell }) => ({
      ...{ unitId, count, values: { kind: value }, measures: { fell } },
    }));
  },
};
