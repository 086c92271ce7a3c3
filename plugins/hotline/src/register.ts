import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, between, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { CallCtx } from "./calls/call-ctx.ts";
import { calls } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const outcomes: Readonly<Record<string, Text>> = {
  answered: t("当场答复", "answered at once"),
  wrong: t("打错", "wrong number"),
  broken: t("中断", "broken off"),
  petition: t("登记为信访事项", "became a petition"),
};

const columns = [
  { key: "day", title: t("日期", "Day") },
  { key: "no", title: t("当日号", "Number of the day") },
  { key: "outcome", title: t("结果", "How it ended") },
  { key: "caseNo", title: t("信访编号", "Petition") },
  { key: "callBackOn", title: t("答应回电日期", "To be called back on") },
  { key: "attempts", title: t("回电次数", "Tries") },
  { key: "calledBack", title: t("已经回电", "Called back") },
] as const;

/** Calls of the unit by the numbers of their days: who called and what was said is nowhere here. */
export async function register(ctx: CallCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const rows = await ctx.db
    .select()
    .from(calls)
    .where(and(eq(calls.unitId, ctx.unit.id), between(calls.day, from, to)))
    .orderBy(desc(calls.day), desc(calls.no))
    .limit(MOST);
  const numbers = await caseNumbers(
    ctx.cases,
    rows.flatMap((one) => one.caseId ?? []),
  );
  return {
    columns,
    rows: rows
      .filter((one) => one.caseId === null || numbers.has(one.caseId))
      .map((one) => ({
        ...{ day: one.day, no: one.no, outcome: one.outcome && (outcomes[one.outcome] ?? null) },
        ...{ caseNo: one.caseId && (numbers.get(one.caseId) ?? null), callBackOn: one.callBackOn },
        ...{ attempts: one.attempts, calledBack: one.callBackOn === null ? null : one.calledBackAt !== null },
      })),
  };
}
