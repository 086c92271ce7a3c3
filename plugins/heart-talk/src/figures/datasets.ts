import type { Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { type SQL, sql } from "drizzle-orm";
import { promises, talks } from "../schema.ts";
import type { JobCtx } from "../talk-ctx.ts";
import { type Count, countedOnce } from "./counted-months.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

interface Alike {
  readonly unitId: string;
  readonly count: number;
  readonly yes: number;
}

const rowsOf = async (ctx: JobCtx, query: SQL, measure: string): Promise<readonly DatasetRow[]> => {
  const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(query);
  return rows.map(({ unitId, count, yes }) => ({ unitId, count, values: {}, measures: { [measure]: yes } }));
};

/** What was promised in notes that both agree on, by its day; kept where the one it was promised to says so. */
const countPromises: Count = (ctx, month) =>
  rowsOf(
    ctx,
    sql`select t.unit_id as "unitId", count(*)::int as count, (count(*) filter (where p.state = 'kept'))::int as yes
          from ${promises} p join ${talks} t on t.id = p.talk_id
         where t.state = 'settled' and to_char(p.due_on, 'YYYY-MM') = ${month} group by t.unit_id`,
    "kept",
  );

/** Talks that were to be held by a day of the month; what was declined or taken back is none. */
const countTalks: Count = (ctx, month) =>
  rowsOf(
    ctx,
    sql`select t.unit_id as "unitId", count(*)::int as count, count(t.held_on)::int as yes from ${talks} t
         where t.state not in ('declined', 'dropped') and to_char(t.due_on, 'YYYY-MM') = ${month} group by t.unit_id`,
    "held",
  );

export const counts: Readonly<Record<"promise" | "talk", Count>> = { promise: countPromises, talk: countTalks };

type Asked = Parameters<DatasetSpec["live"]>[1];

/** What the platform releases by month [SPEC 13, I22]: never by person, by talker or by what a talk was about. */
export const datasets = {
  promise: {
    ...{ title: t("到期的谈心承诺", "Promises of talks due"), dimensions: {} },
    measures: { kept: t("本人确认已兑现", "Confirmed as kept") },
    live: (ctx: JobCtx, { month }: Asked) => countedOnce(ctx, "promise", month, counts.promise),
  },
  talk: {
    ...{ title: t("到期的谈心", "Talks due"), dimensions: {} },
    measures: { held: t("已经谈过", "Held") },
    live: (ctx: JobCtx, { month }: Asked) => countedOnce(ctx, "talk", month, counts.talk),
  },
};
