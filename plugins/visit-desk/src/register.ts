import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, between, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import { visits } from "./schema.ts";
import type { VisitCtx } from "./visits/visit-ctx.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const states: Readonly<Record<string, Text>> = {
  waiting: t("等候", "waiting"),
  talking: t("接谈中", "in talk"),
  over: t("已结束", "over"),
};

const columns = [
  { key: "day", title: t("日期", "Day") },
  { key: "no", title: t("当日号", "Number of the day") },
  { key: "headcount", title: t("人数", "People of the matter") },
  { key: "representatives", title: t("代表人数", "Who spoke") },
  { key: "urgent", title: t("紧急", "Urgent") },
  { key: "room", title: t("接谈室", "Room") },
  { key: "state", title: t("状态", "State") },
  { key: "caseNo", title: t("信访编号", "Petition") },
] as const;

/** Visitors of the unit by the numbers of their days: who they are and what they said is nowhere here. */
export async function register(ctx: VisitCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const rows = await ctx.db
    .select()
    .from(visits)
    .where(and(eq(visits.unitId, ctx.unit.id), between(visits.day, from, to)))
    .orderBy(desc(visits.day), desc(visits.no))
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
        ...{ day: one.day, no: one.no, headcount: one.headcount, representatives: one.representatives },
        ...{ urgent: one.urgent || one.safety, room: one.room, state: states[one.state] ?? null },
        caseNo: one.caseId && (numbers.get(one.caseId) ?? null),
      })),
  };
}
