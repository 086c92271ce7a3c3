import type { Pool } from "pg";
import type { Kernel } from "../kernel.ts";
import { inTransaction } from "../transaction.ts";
import type { Shown } from "./lattice.ts";
import {
  type FigureRow,
  type FigureShape,
  latticeOf,
  type MonthTree,
  monthTrees,
  type Placed,
  saysNothingNew,
} from "./month-tree.ts";
import { suppress } from "./suppress.ts";

/** By attribute and value; `null` is hidden. */
type Figures = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

interface KeptRow extends Placed {
  readonly own: boolean;
  readonly total: number | null;
  readonly figures: Figures;
}

/** A month as a dataset counts it now. */
export interface MonthCounted extends FigureShape {
  /** `<plugin>/<key>` */
  readonly dataset: string;
  readonly month: string;
  readonly rows: readonly FigureRow[];
  /** none is not shown either: nobody learns by a number that is hidden that there is something */
  readonly hidesNone?: boolean;
  /** counted elsewhere, before the house worked here: no correction by what it counts itself ever follows */
  readonly takenOver?: boolean;
}

/** Where none is hidden like one to four. */
const withoutNone = ({ totals, attributes }: Shown): Shown => ({
  totals: totals.map((one) => one || null),
  attributes: attributes.map((one) => ({ ...one, counts: one.counts.map((row) => row.map((cell) => cell || null)) })),
});

const rowKey = ({ unitId, own }: { readonly unitId: string; readonly own: boolean }): string => `${unitId} ${own}`;

/** Everything that was ever released of the month, each release by its units. */
async function releasedBefore(pool: Pool, { dataset, month }: MonthCounted): Promise<readonly KeptRow[][]> {
  const { rows } = await pool.query<KeptRow & { number: number }>(
    `select r.number, w.unit_id as "unitId", w.parent_id as "parentId", w.own, w.total, w.figures
       from kernel.figure_releases r join kernel.figure_rows w on w.release_id = r.id
      where r.dataset = $1 and r.month = $2 order by r.number`,
    [dataset, month],
  );
  return [...Map.groupBy(rows, (row) => row.number).values()];
}

const unitsNow = async (pool: Pool): Promise<readonly Placed[]> =>
  (await pool.query<Placed>('select id as "unitId", parent_id as "parentId" from kernel.units order by code, id')).rows;

const placedIn = (release: readonly KeptRow[]): readonly Placed[] => release.filter(({ own }) => !own);

/** Gives what belongs to a unit that the month's tree does not know to the nearest above it that it does know. */
function inTree(rows: readonly FigureRow[], known: readonly Placed[], now: readonly Placed[]): readonly FigureRow[] {
  const ids = new Set(known.map(({ unitId }) => unitId));
  const parentOf = new Map(now.map(({ unitId, parentId }) => [unitId, parentId]));
  const placed = (unitId: string): string => {
    let at: string | null = unitId;
    while (at !== null && !ids.has(at)) at = parentOf.get(at) ?? null;
    if (at === null) throw new Error("a dataset counts at a unit that the house does not have");
    return at;
  };
  return rows.map((row) => ({ ...row, unitId: placed(row.unitId) }));
}

/** A release as it was shown, in the order of the nodes. An attribute it did not have yet is not there. */
function shownBefore({ nodes }: MonthTree, release: readonly KeptRow[], month: Shown): Shown {
  const kept = new Map(release.map((row) => [rowKey(row), row]));
  const rowsOf = nodes.map((node) => kept.get(rowKey(node)));
  const had = month.attributes.filter(({ name }) => rowsOf.some((row) => row?.figures[name]));
  return {
    totals: rowsOf.map((row) => row?.total ?? null),
    attributes: had.map(({ name, values }) => ({
      ...{ name, values },
      counts: rowsOf.map((row) => values.map((value) => row?.figures[name]?.[value] ?? null)),
    })),
  };
}

function keptRows({ nodes }: MonthTree, { totals, attributes }: Shown): readonly KeptRow[] {
  return nodes.map(({ unitId, parentId, own }, n) => ({
    ...{ unitId, parentId, own, total: totals[n] ?? null },
    figures: Object.fromEntries(
      attributes.map(({ name, values, counts }) => [
        name,
        Object.fromEntries(values.map((value, v) => [value, counts[n]?.[v] ?? null])),
      ]),
    ),
  }));
}

/**
 * Whether an attribute was counted when the month was released first. One that came later was not looked for then: zeros of it would be
 * none that anybody has counted, and a month is no correction by what is asked of it anew.
 */
const wasAsked = ([first]: readonly KeptRow[][], name: string): boolean =>
  first === undefined || first.some((row) => row.figures[name] !== undefined);

/** What is to be released; `null` where it would say nothing that was not said. */
async function toRelease(counted: MonthCounted, units: readonly Placed[], before: readonly KeptRow[][]) {
  let isNewAnywhere = false;
  const rows: KeptRow[] = [];
  for (const tree of monthTrees(units)) {
    const whole = latticeOf(tree, counted.rows, counted);
    const month = { ...whole, attributes: whole.attributes.filter(({ name }) => wasAsked(before, name)) };
    const earlier = before.map((release) => shownBefore(tree, release, month));
    const last = earlier.at(-1);
    const safe = await suppress(tree.tree, month, earlier);
    const shown = counted.hidesNone ? withoutNone(safe) : safe;
    const isNew = last === undefined || !saysNothingNew(last, shown);
    isNewAnywhere ||= isNew;
    // what would only take back is no correction: one of several topmost units may still have one
    rows.push(...keptRows(tree, isNew || !last ? shown : last));
  }
  return isNewAnywhere ? rows : null;
}

/** Keeps a release as the one with its number. @returns whether nobody else has released that meanwhile */
const keep = (
  k: Kernel,
  { dataset, month, takenOver = false }: MonthCounted,
  number: number,
  rows: readonly KeptRow[],
): Promise<boolean> =>
  inTransaction(k.pool, async (client) => {
    const id = k.newId();
    const { rowCount } = await client.query(
      `insert into kernel.figure_releases (id, dataset, month, number, released_at, taken_over) values ($1, $2, $3, $4, $5, $6)
       on conflict (dataset, month, number) do nothing`,
      [id, dataset, month, number, k.now(), takenOver],
    );
    if (rowCount !== 1) return false;
    await client.query(
      `insert into kernel.figure_rows (release_id, unit_id, own, parent_id, total, figures)
       select $1, w."unitId", w.own, w."parentId", w.total, w.figures
         from jsonb_to_recordset($2::jsonb) as w("unitId" uuid, own boolean, "parentId" uuid, total integer, figures jsonb)`,
      [id, JSON.stringify(rows)],
    );
    return true;
  });

/**
 * Releases a month that is over: once, complete, over all units, with what would let anybody find fewer than five left out. What
 * is counted otherwise later becomes a correction, with the next number, where so much of it changed that nobody is found by the
 * difference; until then the month stands as it was released.
 *
 * No transaction is open while it is found out what may be shown: in a large house that takes a minute.
 *
 * @returns whether something was released
 */
export async function releaseMonth(k: Kernel, counted: MonthCounted): Promise<boolean> {
  const before = await releasedBefore(k.pool, counted);
  const now = await unitsNow(k.pool);
  const first = before[0];
  const units = first ? placedIn(first) : now;
  const rows = await toRelease({ ...counted, rows: inTree(counted.rows, units, now) }, units, before);
  if (!rows) return false;
  // what another process has released meanwhile is seen now
  return (await keep(k, counted, before.length + 1, rows)) || (await releaseMonth(k, counted));
}

/** What became of a month: released by what the house counts, and corrected by it; or taken over, and left as it is. */
type MonthState = "counted" | "takenOver";

/** Months of a dataset that were released. */
export async function releasedMonths(
  k: Pick<Kernel, "pool">,
  dataset: string,
): Promise<ReadonlyMap<string, MonthState>> {
  const { rows } = await k.pool.query<{ month: string; takenOver: boolean }>(
    'select month, bool_or(taken_over) as "takenOver" from kernel.figure_releases where dataset = $1 group by month',
    [dataset],
  );
  return new Map(rows.map(({ month, takenOver }) => [month, takenOver ? "takenOver" : "counted"]));
}
