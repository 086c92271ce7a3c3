import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, desc, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { silentTitle } from "./matters/channels.ts";
import { caseOf, type WatchCtx } from "./matters/matter-ctx.ts";
import { matters } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const states: Readonly<Record<string, Text>> = {
  raised: t("待处理", "raised"),
  asked: t("待答复", "answer awaited"),
  answered: t("已答复", "answered"),
  closed: t("已办结", "closed"),
  dismissed: t("不予督办", "dismissed"),
};
const rungWords: Readonly<Record<string, Text>> = {
  reminder: t("提醒", "reminder"),
  urging: t("督办函", "letter"),
  second: t("再次督办", "second letter"),
  interview: t("约谈", "interview"),
  circular: t("通报", "circular"),
  listed: t("挂牌督办", "listed"),
};

const columns = [
  { key: "caseNo", title: t("信访编号", "Petition") },
  { key: "unit", title: t("被督办单位", "Unit") },
  { key: "openedOn", title: t("立项日期", "Opened on") },
  { key: "rung", title: t("督办方式", "Step") },
  { key: "state", title: t("状态", "State") },
  { key: "endedOn", title: t("办结日期", "Ended on") },
] as const;

/** Matters of supervision at and below the unit, of the petitions that the asker may see. */
export async function register(ctx: WatchCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const day = sql<string>`(${matters.openedAt} at time zone ${ctx.unit.timeZone})::date::text`;
  const rows = await ctx.db
    .select({
      ...{
        aboutId: matters.aboutId,
        channel: matters.channel,
        unitId: matters.unitId,
        state: matters.state,
        rung: matters.rung,
        openedOn: day,
      },
      endedOn: sql<string | null>`(${matters.endedAt} at time zone ${ctx.unit.timeZone})::date::text`,
    })
    .from(matters)
    .where(and(inArray(matters.unitId, await ctx.units.within(ctx.unit.id)), sql`${day} between ${from} and ${to}`))
    .orderBy(desc(matters.openedAt), desc(matters.id))
    .limit(MOST);
  const numbers = await caseNumbers(
    ctx.cases,
    rows.flatMap((one) => caseOf(one) ?? []),
  );
  const names = new Map<string, Text | null>();
  for (const { unitId } of rows) if (!names.has(unitId)) names.set(unitId, (await ctx.units.get(unitId))?.name ?? null);
  return {
    columns,
    rows: rows.flatMap((one) => {
      const caseId = caseOf(one);
      const caseNo = caseId === null ? silentTitle(one.channel) : numbers.get(caseId);
      if (caseNo === undefined) return [];
      const rung = one.rung && (rungWords[one.rung] ?? null);
      return [
        {
          ...{ caseNo, unit: names.get(one.unitId) ?? null, openedOn: one.openedOn, rung },
          ...{ state: states[one.state] ?? null, endedOn: one.endedOn },
        },
      ];
    }),
  };
}
