import { dayOf, type Id, type Text } from "@doorstep/sdk";
import { and, desc, eq, inArray, ne } from "drizzle-orm";
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

async function subjectNames(ctx: LookCtx): Promise<Readonly<Record<string, Text>>> {
  const look = lookOf(ctx);
  return {
    ...(await themeNamesOf(look)),
    ...(await namesOf(look, "category")),
    ...(await namesOf(look, "channel")),
  };
}

/** Open warnings of the unit and of those below it, the newest first, and the last that were settled. */
export async function warningsOf(ctx: LookCtx) {
  const here = inArray(warnings.unitId, await ctx.units.within(ctx.unit.id));
  const newest = [desc(warnings.month), desc(warnings.foundAt), warnings.id];
  const [open, settled] = await Promise.all([
    ctx.db
      .select()
      .from(warnings)
      .where(and(here, eq(warnings.state, "open")))
      .orderBy(...newest)
      .limit(MOST),
    ctx.db
      .select()
      .from(warnings)
      .where(and(here, ne(warnings.state, "open")))
      .orderBy(desc(warnings.closedAt), warnings.id)
      .limit(SETTLED),
  ]);
  const rows = [...open, ...settled];
  const [names, people, subjects, tasks] = await Promise.all([
    unitNames(ctx, rows),
    authors(ctx, settled),
    subjectNames(ctx),
    ctx.tasks.list(),
  ]);
  const mine = new Set(tasks.flatMap((task) => (task.mine ? [task.taskId] : [])));
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
