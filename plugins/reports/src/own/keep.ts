import type { ReportTable } from "@doorstep/sdk/server";
import { and, count, desc, eq, ne } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import type { ReadCtx } from "../reports-ctx.ts";
import { editions, own } from "../schema.ts";
import { columnWords, scheduleWords } from "../standing/words.ts";
import type { Saving } from "./definition.ts";
import { tableOf } from "./table-of.ts";

const MOST = 100;
const EDITIONS_SHOWN = 24;

/** Saves a report of the unit; the same id again changes it. @throws refusal `definition`, `notFound`, `tooMany` */
export async function save(ctx: ReadCtx, { id, ...what }: Saving): Promise<void> {
  await tableOf(ctx, what.definition);
  const [known] = await ctx.db
    .select({ count: count() })
    .from(own)
    .where(and(eq(own.unitId, ctx.unit.id), ne(own.id, id)));
  if ((known?.count ?? 0) >= MOST) throw refuse("tooMany");
  const kept = { ...what, byPerson: ctx.user?.id ?? "", changedAt: ctx.now };
  const saved = await ctx.db
    .insert(own)
    .values({ id, unitId: ctx.unit.id, ...kept })
    .onConflictDoUpdate({ target: own.id, set: kept, setWhere: eq(own.unitId, ctx.unit.id) })
    .returning({ id: own.id });
  // somebody else's: that it exists is not said
  if (saved.length === 0) throw refuse("notFound");
}

/** With it goes what was made of it. A second press does nothing. */
export async function remove(ctx: ReadCtx, id: string): Promise<void> {
  await ctx.db.delete(own).where(and(eq(own.id, id), eq(own.unitId, ctx.unit.id)));
}

/** The unit's own reports by their names, and the newest that were made by schedule. */
export async function list(ctx: ReadCtx) {
  const reports = await ctx.db.select().from(own).where(eq(own.unitId, ctx.unit.id)).orderBy(own.title, own.id);
  const made = await ctx.db
    .select({ id: editions.id, title: editions.title, period: editions.period, madeAt: editions.madeAt })
    .from(editions)
    .where(eq(editions.unitId, ctx.unit.id))
    .orderBy(desc(editions.madeAt), editions.id)
    .limit(EDITIONS_SHOWN);
  return { reports: reports.map(({ byPerson: _by, unitId: _unit, ...one }) => one), made };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A saved report by its id or its name; without either what there is to choose from. @throws refusal `notFound`, `definition` */
export async function ownTable(ctx: ReadCtx, asked: string): Promise<ReportTable> {
  const { reports } = await list(ctx);
  if (asked === "")
    return {
      columns: [
        { key: "title", title: columnWords.report },
        { key: "schedule", title: columnWords.schedule },
      ],
      rows: reports.map(({ title, schedule }) => ({ title, schedule: scheduleWords[schedule] })),
    };
  const found = reports.find((one) => one.id === asked) ?? reports.find((one) => one.title === asked);
  if (!found) throw refuse("notFound");
  return await tableOf(ctx, found.definition);
}

/** What was made by a schedule, as it stood that day; without an id what there is. @throws refusal `notFound` */
export async function editionTable(ctx: ReadCtx, asked: string): Promise<ReportTable> {
  if (asked === "") {
    const { made } = await list(ctx);
    return {
      columns: [
        { key: "title", title: columnWords.report },
        { key: "period", title: columnWords.period },
      ],
      rows: made.map(({ title, period }) => ({ title, period })),
    };
  }
  return (await edition(ctx, asked)).content;
}

/** @throws refusal `notFound` */
export async function edition(ctx: ReadCtx, id: string) {
  const [found] = UUID.test(id)
    ? await ctx.db
        .select()
        .from(editions)
        .where(and(eq(editions.id, id), eq(editions.unitId, ctx.unit.id)))
    : [];
  if (!found) throw refuse("notFound");
  return found;
}
