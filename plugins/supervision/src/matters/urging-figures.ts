import type { Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { sql } from "drizzle-orm";
import type { Rung } from "../ladder.ts";
import { matters, steps } from "../schema.ts";
import type { JobCtx } from "./matter-ctx.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

const rungTexts: Readonly<Record<Rung, Text>> = {
  reminder: t("提醒", "Reminder"),
  urging: t("督办", "Letter of supervision"),
  second: t("再次督办", "Second letter"),
  interview: t("约谈", "Interview"),
  circular: t("通报", "Circular"),
  listed: t("挂牌督办", "Listed supervision"),
};

interface Alike {
  readonly unitId: string;
  readonly rung: Rung;
  readonly count: number;
  readonly answered: number;
  readonly inTime: number;
}

async function askedIn(ctx: JobCtx, month: string): Promise<readonly DatasetRow[]> {
  const zone = ctx.unit.timeZone;
  const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(
    sql`select m.unit_id as "unitId", s.rung, count(*)::int as count, count(s.answered_at)::int as answered,
               count(*) filter (where (s.answered_at at time zone ${zone})::date <= s.due_on)::int as "inTime"
          from ${steps} s join ${matters} m on m.id = s.matter_id
         where to_char(s.given_at at time zone ${zone}, 'YYYY-MM') = ${month}
         group by m.unit_id, s.rung, s.answered_at is null, (s.answered_at at time zone ${zone})::date <= s.due_on`,
  );
  return rows.map(({ unitId, rung, count, answered, inTime }) => ({
    ...{ unitId, count, values: { rung } },
    measures: { answered, inTime },
  }));
}

/** What the platform releases by month: how often units were urged, and whether they answered. */
export const urging = {
  title: t("督办", "Supervision"),
  dimensions: { rung: { title: t("督办方式", "Step"), values: rungTexts } },
  measures: { answered: t("已答复", "Answered"), inTime: t("按期答复", "Answered in time") },
  live: (ctx: JobCtx, { month }: Parameters<DatasetSpec["live"]>[1]) => askedIn(ctx, month),
};
