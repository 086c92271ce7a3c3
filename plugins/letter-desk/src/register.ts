import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, between, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { LetterCtx } from "./letters/letter-ctx.ts";
import { letters } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const columns = [
  { key: "no", title: t("来信号", "Number") },
  { key: "receivedOn", title: t("收到日期", "Received on") },
  { key: "postedOn", title: t("邮戳日期", "Postmark") },
  { key: "registered", title: t("已登记", "Registered") },
  { key: "caseNo", title: t("信访编号", "Petition") },
] as const;

/** Letters as they lay on the table: who wrote and what stands in them is nowhere here. */
export async function register(ctx: LetterCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const rows = await ctx.db
    .select()
    .from(letters)
    .where(and(eq(letters.unitId, ctx.unit.id), between(letters.receivedOn, from, to)))
    .orderBy(desc(letters.year), desc(letters.no))
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
        ...{ no: `${one.year}-${one.no}`, receivedOn: one.receivedOn, postedOn: one.postedOn },
        ...{ registered: one.filedAt !== null, caseNo: one.caseId && (numbers.get(one.caseId) ?? null) },
      })),
  };
}
