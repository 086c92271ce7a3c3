import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, desc, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { MediationCtx } from "./mediations/mediation-ctx.ts";
import { mediations } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const states: Readonly<Record<string, Text>> = {
  offered: t("已提出", "offered"),
  running: t("调解中", "under way"),
  settled: t("达成协议", "agreement"),
  kept: t("已履行", "performed"),
  broken: t("未履行", "not performed"),
  ended: t("已终止", "ended"),
};
const reasons: Readonly<Record<string, Text>> = {
  noAgreement: t("未达成协议", "no agreement"),
  consentRevoked: t("当事人不愿继续", "consent taken back"),
  escalation: t("矛盾激化", "it grew worse"),
  otherWay: t("转其他途径", "another way"),
};

const columns = [
  { key: "caseNo", title: t("信访编号", "Petition") },
  { key: "offeredOn", title: t("提出日期", "Offered on") },
  { key: "tier", title: t("层级", "Tier") },
  { key: "state", title: t("状态", "State") },
  { key: "untilOn", title: t("最晚结束日期", "To end by") },
  { key: "settledOn", title: t("达成协议日期", "Agreed on") },
  { key: "performOn", title: t("履行期限", "To be performed by") },
  { key: "ended", title: t("终止原因", "Why it ended") },
] as const;

/** Mediations at and below the unit, of the petitions that the asker may see; no word of either side. */
export async function register(ctx: MediationCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const day = sql<string>`(${mediations.offeredAt} at time zone ${ctx.unit.timeZone})::date::text`;
  const rows = await ctx.db
    .select({ one: mediations, day })
    .from(mediations)
    .where(
      and(
        inArray(sql`${mediations.path}[1]`, await ctx.units.within(ctx.unit.id)),
        sql`${day} between ${from} and ${to}`,
      ),
    )
    .orderBy(desc(mediations.offeredAt), desc(mediations.id))
    .limit(MOST);
  const numbers = await caseNumbers(
    ctx.cases,
    rows.map(({ one }) => one.caseId),
  );
  return {
    columns,
    rows: rows.flatMap(({ one, day: offeredOn }) => {
      const caseNo = numbers.get(one.caseId);
      if (caseNo === undefined) return [];
      return [
        {
          ...{ caseNo, offeredOn, tier: one.tier, state: states[one.state] ?? null, untilOn: one.untilOn },
          ...{ settledOn: one.settledOn, performOn: one.performOn },
          ended: one.endedBecause && (reasons[one.endedBecause] ?? null),
        },
      ];
    }),
  };
}
