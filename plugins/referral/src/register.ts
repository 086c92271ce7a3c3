import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { ReferralCtx } from "./referral-ctx.ts";
import { partners, referrals } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const directions: Readonly<Record<string, Text>> = {
  in: t("收", "in"),
  out: t("发", "out"),
};
const states: Readonly<Record<string, Text>> = {
  waiting: t("待登记", "waiting"),
  filed: t("已登记", "filed"),
  quarantine: t("存疑", "in doubt"),
  discarded: t("不予登记", "discarded"),
  sent: t("已发出", "sent"),
  received: t("对方已收到", "received there"),
};

const columns = [
  { key: "day", title: t("日期", "Day") },
  { key: "direction", title: t("收发", "In or out") },
  { key: "partner", title: t("往来单位", "Partner") },
  { key: "number", title: t("对方编号", "Their number") },
  { key: "state", title: t("状态", "State") },
  { key: "caseNo", title: t("信访编号", "Petition") },
] as const;

/** What came from other offices and went to them, of the petitions that the asker may see. */
export async function register(ctx: ReferralCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const day = sql<string>`(${referrals.at} at time zone ${ctx.unit.timeZone})::date::text`;
  const rows = await ctx.db
    .select({ one: referrals, partner: partners.name, day })
    .from(referrals)
    .leftJoin(partners, eq(partners.id, referrals.partnerId))
    .where(and(eq(referrals.unitId, ctx.unit.id), sql`${day} between ${from} and ${to}`))
    .orderBy(desc(referrals.at), desc(referrals.id))
    .limit(MOST);
  const numbers = await caseNumbers(
    ctx.cases,
    rows.flatMap(({ one }) => one.caseId ?? []),
  );
  return {
    columns,
    rows: rows
      .filter(({ one }) => one.caseId === null || numbers.has(one.caseId))
      .map(({ one, partner, day: on }) => ({
        ...{ day: on, direction: directions[one.direction] ?? null, partner, number: one.number },
        ...{ state: states[one.state] ?? null, caseNo: one.caseId && (numbers.get(one.caseId) ?? null) },
      })),
  };
}
