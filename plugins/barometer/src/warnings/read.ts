import { dayOf, type Id, type Text } from "@doorstep/sdk";
import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { LookCtx } from "../barometer-ctx.ts";
import { lookOf, namesOf, themeNamesOf } from "../figures/look.ts";
import { warnings } from "../schema.ts";

type Warning = typeof warnings.$inferSelect;

/** Settled ones are shown for what can be learnt of them; the newest are enough. */
const SETTLED = 20;
const MOST = 200;

async function unitNames(ctx: LookCtx, rows: readonly Warning[]): Promise<ReadonlyMap<Id, Text>> {
  const ids = [
    ...new Set(rows.flatMap((row) => [row.unitId, row.aboutId, ...(row.rule === "bouncePair" ? [row.subject] : [])])),
  ];
  return new Map((await ctx.units.getMany(ids)).map((unit) => [unit.id, unit.name]));
}

async function authors(ctx: LookCtx, rows: readonly Warning[]): Promise<ReadonlyMap<Id, string>> {
  const ids = [...new Set(rows.flatMap((row) => row.closedBy ?? []))];
  const people = ids.length > 0 ? await ctx.people.ofUnit({ ids }) : [];
  return new Map(people.map((one) => [one.id, one.name]));
}

/** Open warnings of the unit and of those below it, the newest first, and the last that were settled. */
export async function warningsOf(ctx: LookCtx) {
  const here = sql`${warnings.path} @> array[${ctx.unit.id}::uuid]`;
  const newest = [desc(warnings.month), desc(warnings.foundAt), warnings.id];
  const open = await ctx.db
    .select()
    .from(warnings)
    .where(and(here, eq(warnings.state, "open")))
    .orderBy(...newest)
    .limit(MOST);
  const settled = await ctx.db
    .select()
    .from(warnings)
    .where(and(here, ne(warnings.state, "open")))
    .orderBy(desc(warnings.closedAt), warnings.id)
    .limit(SETTLED);
  const rows = [...open, ...settled];
  const names = await unitNames(ctx, rows);
  const people = await authors(ctx, settled);
  const look = lookOf(ctx);
  const subjects = {
    ...(await themeNamesOf(look)),
    ...(await namesOf(look, "category")),
    ...(await namesOf(look, "channel")),
  };
  const mine = new Set((await ctx.tasks.list()).flatMap((task) => (task.mine ? [task.taskId] : [])));
  const today = dayOf(ctx.now, ctx.unit.timeZone);
  return rows.map(({ unitId, aboutId, closedBy, taskId, path: _, ...row }) => ({
    ...row,
    aboutId,
    unit: names.get(unitId) ?? null,
    about: names.get(aboutId) ?? null,
    subjectName: subjects[row.subject] ?? names.get(row.subject) ?? null,
    isLate: row.dueOn < today,
    isAsked: taskId !== null,
    isMine: taskId !== null && mine.has(taskId),
    /** answered from here, by whoever may */
    isHere: unitId === ctx.unit.id,
    /** `null`: somebody of a unit above */
    by: closedBy === null ? null : (people.get(closedBy) ?? null),
  }));
}
