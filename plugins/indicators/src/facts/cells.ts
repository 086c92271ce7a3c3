import { eq, inArray, sql } from "drizzle-orm";
import type { JobCtx } from "../indicators-ctx.ts";
import { cells, counted } from "../schema.ts";
import { things } from "./things.ts";

type Db = Pick<JobCtx["db"], "select" | "insert" | "delete">;
type Row = typeof counted.$inferInsert;
type Cell = typeof cells.$inferInsert;

const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
const keyOf = ({ thing, day, unitId, category, channel, marks }: Omit<Row, "path">): string =>
  JSON.stringify([thing, monthOf(day), unitId, category, channel, marks]);

/** A statement has room for so many cells; petitions that change at once touch fewer. */
const AT_ONCE = 5_000;

/** What went and what came, summed by cell, in the order of their keys: two who write at once wait for each other and no more. */
function changesOf(gone: readonly Row[], came: readonly Row[]): readonly Cell[] {
  const sums = new Map<string, Cell>();
  for (const [rows, by] of [[gone, -1] as const, [came, 1] as const])
    for (const row of rows) {
      const { thing, unitId, category, channel, marks } = row;
      const key = keyOf(row);
      const count = (sums.get(key)?.count ?? 0) + by;
      sums.set(key, { ...{ thing, month: monthOf(row.day), unitId, category, channel, marks }, count });
    }
  const ordered = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return ordered.flatMap(([, cell]) => (cell.count === 0 ? [] : [cell]));
}

/** Puts these rows in the place of all that was counted of some petitions, and brings the cells along, whatever has changed. */
export async function replaceCounted(db: Db, ids: readonly string[], rows: readonly Row[]): Promise<void> {
  const gone = await db
    .delete(counted)
    .where(inArray(counted.caseId, [...ids]))
    .returning();
  if (rows.length > 0) await db.insert(counted).values([...rows]);
  const changes = changesOf(gone, rows);
  for (let at = 0; at < changes.length; at += AT_ONCE)
    await db
      .insert(cells)
      .values(changes.slice(at, at + AT_ONCE))
      .onConflictDoUpdate({
        target: [cells.thing, cells.month, cells.unitId, cells.category, cells.channel, cells.marks],
        set: { count: sql`${cells.count} + excluded.count` },
      });
  if (changes.some(({ count }) => count < 0)) await db.delete(cells).where(eq(cells.count, 0));
}

const ALL = Object.keys(things);

/**
 * Makes the cells of the first month at or after a day anew, from what is counted.
 *
 * @returns the month after it; `null` where none was left
 */
export async function remakeMonth(db: Pick<JobCtx["db"], "execute">, from: string): Promise<string | null> {
  const every = sql`unnest(array[${sql.join(
    ALL.map((thing) => sql`${thing}`),
    sql`, `,
  )}]::text[]) t(thing)`;
  // each thing by itself, as the index has them
  const { rows } = await db.execute<{ month: string | null; next: string | null }>(sql`
    select to_char(month, 'YYYY-MM-DD') as month, to_char(month + interval '1 month', 'YYYY-MM-DD') as next
      from (select min(x.month) as month from ${every} cross join lateral (select least(
        (select c.month from ${cells} c where c.thing = t.thing and c.month >= ${from}::date order by c.month limit 1),
        (select date_trunc('month', o.day)::date from ${counted} o where o.thing = t.thing and o.day >= ${from}::date order by o.day limit 1)
      ) as month) x) m`);
  const { month, next } = rows[0] ?? {};
  if (!month || !next) return null;
  await db.execute(sql`delete from ${cells} where month = ${month}::date`);
  await db.execute(sql`
    insert into ${cells} (thing, month, unit_id, category, channel, marks, count)
    select o.thing, ${month}::date, o.unit_id, o.category, o.channel, o.marks, count(*)
      from ${every} join ${counted} o on o.thing = t.thing and o.day >= ${month}::date and o.day < ${next}::date
     group by o.thing, o.unit_id, o.category, o.channel, o.marks`);
  return next;
}
