import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, desc, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { LeadCtx } from "./charges/charge-ctx.ts";
import { charges } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const outcomes: Readonly<Record<string, Text>> = {
  settled: t("已化解", "settled"),
  reasoned: t("已讲清道理", "explained"),
  handedOver: t("已移交", "handed over"),
};

const columns = [
  { key: "caseNo", title: t("信访编号", "Petition") },
  { key: "takenOn", title: t("包案日期", "Taken on") },
  { key: "plannedOn", title: t("方案日期", "Planned on") },
  { key: "metOn", title: t("见面日期", "Met on") },
  { key: "endedOn", title: t("结束日期", "Ended on") },
  { key: "outcome", title: t("结果", "Outcome") },
] as const;

/** Petitions that leaders took, at and below the unit, as far as the asker may see them; no leader is named. */
export async function register(ctx: LeadCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const day = sql<string>`(${charges.takenAt} at time zone ${ctx.unit.timeZone})::date::text`;
  const rows = await ctx.db
    .select({
      ...{ caseId: charges.caseId, takenOn: day, metOn: charges.metOn, outcome: charges.outcome },
      plannedOn: sql<string | null>`(${charges.plannedAt} at time zone ${ctx.unit.timeZone})::date::text`,
      endedOn: sql<string | null>`(${charges.endedAt} at time zone ${ctx.unit.timeZone})::date::text`,
    })
    .from(charges)
    .where(
      and(inArray(sql`${charges.path}[1]`, await ctx.units.within(ctx.unit.id)), sql`${day} between ${from} and ${to}`),
    )
    .orderBy(desc(charges.takenAt), desc(charges.id))
    .limit(MOST);
  const numbers = await caseNumbers(
    ctx.cases,
    rows.map((one) => one.caseId),
  );
  return {
    columns,
    rows: rows.flatMap(({ caseId, outcome, ...one }) => {
      const caseNo = numbers.get(caseId);
      return caseNo === undefined ? [] : [{ ...one, caseNo, outcome: outcome && (outcomes[outcome] ?? null) }];
    }),
  };
}
