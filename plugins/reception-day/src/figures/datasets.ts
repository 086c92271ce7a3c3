import type { Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { type SQL, sql } from "drizzle-orm";
import type { JobCtx } from "../reception-ctx.ts";
import { bookings, promises, sessions } from "../schema.ts";
import { type Count, countedOnce } from "./counted-months.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

interface Alike {
  readonly unitId: string;
  readonly kind: string;
  readonly count: number;
  readonly yes: number;
}

const rowsOf = async (ctx: JobCtx, query: SQL, measure: string): Promise<readonly DatasetRow[]> => {
  const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(query);
  return rows.map(({ unitId, kind, count, yes }) => ({
    ...{ unitId, count, values: { kind }, measures: { [measure]: yes } },
  }));
};

const startsOn = sql`(s.starts_at at time zone s.time_zone)::date`;
const inMonth = (month: string): SQL => sql`to_char(${startsOn}, 'YYYY-MM') = ${month}`;

/**
 * Days of the month as they were made public. Held as published: neither cancelled nor given to another leader, and whoever had booked
 * was heard or noted as absent.
 */
const countSessions: Count = (ctx, month) =>
  rowsOf(
    ctx,
    sql`select s.unit_id as "unitId", s.kind, count(*)::int as count,
               (count(*) filter (where s.state = 'published' and s.reason = '' and s.ends_at < ${ctx.now}
                 and not exists (select from ${bookings} b where b.session_id = s.id and b.state = 'booked')))::int as yes
          from ${sessions} s where ${inMonth(month)} group by s.unit_id, s.kind`,
    "held",
  );

/** Visitors that were heard. Solved on the spot: no petition of it, and all that was promised was done on that day. */
const countVisits: Count = (ctx, month) =>
  rowsOf(
    ctx,
    sql`select s.unit_id as "unitId", s.kind, count(*)::int as count,
               (count(*) filter (where b.case_id is null and not exists (
                 select from ${promises} p where p.booking_id = b.id
                    and (p.kept_at is null or (p.kept_at at time zone s.time_zone)::date > ${startsOn}))))::int as yes
          from ${bookings} b join ${sessions} s on s.id = b.session_id
         where b.state = 'heard' and ${inMonth(month)} group by s.unit_id, s.kind`,
    "onTheSpot",
  );

export const counts: Readonly<Record<"session" | "visit", Count>> = { session: countSessions, visit: countVisits };

type Asked = Parameters<DatasetSpec["live"]>[1];
const dimensions = {
  kind: {
    title: t("方式", "Kind"),
    values: { reception: t("接访日", "Reception day"), goingDown: t("下访", "Going to the units") },
  },
};

/** What the platform releases by month [SPEC 13, I18], of the units that made the days public. */
export const datasets = {
  session: {
    ...{ title: t("公布的接访日", "Reception days published"), dimensions },
    measures: { held: t("按公布的接访", "Held as published") },
    live: (ctx: JobCtx, { month }: Asked) => countedOnce(ctx, "session", month, counts.session),
  },
  visit: {
    ...{ title: t("接访的来访人", "Visitors heard"), dimensions },
    measures: { onTheSpot: t("当场解决", "Solved on the spot") },
    live: (ctx: JobCtx, { month }: Asked) => countedOnce(ctx, "visit", month, counts.visit),
  },
};
