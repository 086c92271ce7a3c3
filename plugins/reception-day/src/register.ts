import type { Text } from "@doorstep/sdk";
import { daysAsked, type ReportTable, type registerDays } from "@doorstep/sdk/server";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { ReceptionCtx } from "./reception-ctx.ts";
import { bookings, sessions } from "./schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const kindWords: Readonly<Record<string, Text>> = {
  reception: t("接访", "reception"),
  goingDown: t("下访", "going down"),
};
const states: Readonly<Record<string, Text>> = {
  published: t("已公布", "published"),
  cancelled: t("已取消", "called off"),
};

const columns = [
  { key: "day", title: t("日期", "Day") },
  { key: "kind", title: t("方式", "How") },
  { key: "post", title: t("接访人职务", "Post") },
  { key: "place", title: t("地点", "Place") },
  { key: "state", title: t("状态", "State") },
  { key: "late", title: t("未按时公布", "Published late") },
  { key: "reason", title: t("变更原因", "Why it was changed") },
  { key: "booked", title: t("预约", "Booked") },
  { key: "heard", title: t("已接谈", "Heard") },
  { key: "absent", title: t("未到", "Absent") },
] as const;

/** Reception days by the post of whoever receives, as they were published; nobody who came is named. */
export async function register(ctx: ReceptionCtx, asked: z.output<typeof registerDays>): Promise<ReportTable> {
  const { from, to } = daysAsked(ctx, asked);
  const day = sql<string>`(${sessions.startsAt} at time zone ${sessions.timeZone})::date::text`;
  const rows = await ctx.db
    .select({ one: sessions, day })
    .from(sessions)
    .where(and(eq(sessions.unitId, ctx.unit.id), sql`${day} between ${from} and ${to}`))
    .orderBy(desc(sessions.startsAt), desc(sessions.id))
    .limit(MOST);
  const ids = rows.map(({ one }) => one.id);
  const slots =
    ids.length > 0
      ? await ctx.db
          .select({ sessionId: bookings.sessionId, state: bookings.state })
          .from(bookings)
          .where(inArray(bookings.sessionId, ids))
      : [];
  const count = (id: string, ...of: readonly string[]): number =>
    slots.filter((slot) => slot.sessionId === id && of.includes(slot.state)).length;
  return {
    columns,
    rows: rows.map(({ one, day: held }) => ({
      ...{ day: held, kind: kindWords[one.kind] ?? null, post: one.post, place: one.place },
      ...{ state: states[one.state] ?? null, late: one.late, reason: one.reason },
      ...{ booked: count(one.id, "booked", "heard", "absent", "sealed"), heard: count(one.id, "heard", "sealed") },
      absent: count(one.id, "absent"),
    })),
  };
}
