import type { Text } from "@doorstep/sdk";
import { caseNumbers, daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, desc, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { HearingCtx } from "./hearings/hearing-ctx.ts";
import { hearings } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const stateWords: Readonly<Record<string, Text>> = {
  applied: t("已申请", "applied for"),
  withdrawn: t("已撤回", "withdrawn"),
  refused: t("不予听证", "refused"),
  called: t("已决定举行", "called"),
  off: t("已取消", "called off"),
  lapsed: t("未举行", "lapsed"),
  heard: t("已举行", "heard"),
  concluded: t("已有结论", "concluded"),
  closed: t("已办结", "closed"),
};
const groundWords: Readonly<Record<string, Text>> = {
  major: t("重大", "major"),
  complex: t("复杂", "complex"),
  hard: t("疑难", "hard"),
  applied: t("来信人申请", "the petitioner asked"),
};

const columns = [
  { key: "caseNo", title: t("信访编号", "Petition") },
  { key: "askedOn", title: t("提出日期", "Asked on") },
  { key: "ground", title: t("事由", "Ground") },
  { key: "noticedOn", title: t("通知日期", "Notice on") },
  { key: "hearingOn", title: t("听证日期", "Held on") },
  { key: "open", title: t("公开", "Open") },
  { key: "votesFor", title: t("赞成", "For") },
  { key: "votesAgainst", title: t("反对", "Against") },
  { key: "concludedOn", title: t("结论日期", "Concluded on") },
  { key: "state", title: t("状态", "State") },
] as const;

/** Hearings at and below the unit, of the petitions that the asker may see; the record stays in the file. */
export async function register(ctx: HearingCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const day = sql<string>`(${hearings.askedAt} at time zone ${ctx.unit.timeZone})::date::text`;
  const rows = await ctx.db
    .select({ one: hearings, day })
    .from(hearings)
    .where(
      and(
        inArray(sql`${hearings.path}[1]`, await ctx.units.within(ctx.unit.id)),
        sql`${day} between ${from} and ${to}`,
      ),
    )
    .orderBy(desc(hearings.askedAt), desc(hearings.id))
    .limit(MOST);
  const numbers = await caseNumbers(
    ctx.cases,
    rows.map(({ one }) => one.caseId),
  );
  return {
    columns,
    rows: rows.flatMap(({ one, day: askedOn }) => {
      const caseNo = numbers.get(one.caseId);
      if (caseNo === undefined) return [];
      return [
        {
          ...{ caseNo, askedOn, ground: one.ground && (groundWords[one.ground] ?? null), open: one.open },
          ...{ hearingOn: one.hearingOn, noticedOn: one.noticedOn, state: stateWords[one.state] ?? null },
          ...{ votesFor: one.votesFor, votesAgainst: one.votesAgainst, concludedOn: one.concludedOn },
        },
      ];
    }),
  };
}
