import type { Text } from "@doorstep/sdk";
import { daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, asc, between, eq } from "drizzle-orm";
import type { z } from "zod";
import { talks } from "./schema.ts";
import type { TalkCtx } from "./talk-ctx.ts";
import { meOf } from "./talk-ctx.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const states: Readonly<Record<string, Text>> = {
  asked: t("本人提出", "asked for"),
  offered: t("已约", "offered"),
  fixed: t("已定时间", "fixed"),
  held: t("已谈", "held"),
  settled: t("已确认", "settled"),
  declined: t("本人不谈", "declined"),
  dropped: t("已取消", "called off"),
};

const columns = [
  { key: "dueOn", title: t("应谈日期", "Due on") },
  { key: "state", title: t("状态", "State") },
  { key: "heldOn", title: t("谈心日期", "Held on") },
  { key: "byPhone", title: t("电话谈心", "By telephone") },
] as const;

/** The asker's own plan of talks: days and how far each is. With whom, why and about what is not in it. */
export async function register(ctx: TalkCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const rows = await ctx.db
    .select({ dueOn: talks.dueOn, state: talks.state, heldOn: talks.heldOn, byPhone: talks.byPhone })
    .from(talks)
    .where(and(eq(talks.unitId, ctx.unit.id), eq(talks.talkerId, meOf(ctx)), between(talks.dueOn, from, to)))
    .orderBy(asc(talks.dueOn), asc(talks.id))
    .limit(MOST);
  return {
    columns,
    rows: rows.map((one) => ({ ...one, state: states[one.state] ?? null })),
  };
}
