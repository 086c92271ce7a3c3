import type { Choice, matrix, matrixInput } from "@doorstep/contracts";
import type { Actor } from "@doorstep/kernel";
import type { z } from "zod";
import { authorityOver } from "../choices/authority.ts";
import { type Reader, toSummary, toUnitRow, UNIT_COLUMNS, type UnitRow } from "../choices/unit-rows.ts";
import type { Health, Snapshot } from "../registry.ts";
import { readScope } from "./read-scope.ts";
import { type ModuleSummary, moduleSummaries } from "./summaries.ts";

type Matrix = z.output<typeof matrix>;

/** Rows sent at once; a tree is opened branch by branch, and what is beyond is counted. */
const ROWS = 2_500;

type ShownUnit = UnitRow & { readonly children: number };

/** $1 units he reads with those below, $2 units he reads alone, $3 now */
const READABLE = "(u.path && $1::uuid[] or u.id = any($2::uuid[]))";
const LIVING = "(u.valid_until is null or u.valid_until > ($3::timestamptz at time zone u.time_zone)::date)";

interface Asked {
  readonly actor: Actor;
  readonly input: z.output<typeof matrixInput>;
  readonly now: Date;
}

interface Shown {
  readonly units: readonly ShownUnit[];
  /** how many more there are */
  readonly hidden: number;
}

async function shownUnits(reader: Reader, asked: Asked): Promise<Shown> {
  const [subtree, flat] = readScope(asked.actor, "modules.read");
  const q = asked.input.q.toLowerCase();
  const where = q
    ? `(lower(u.code) like $4 || '%' or lower(u.name_zh) like '%' || $4 || '%' or lower(u.name_en) like '%' || $4 || '%'
        or u.name_pinyin like $4 || '%') and $5::uuid is null and $6::uuid[] is not null`
    : // the tops of what he reads (or the unit asked for), and what is below an opened unit
      `$4::text = '' and (u.id = $5::uuid or u.parent_id = any($6::uuid[]) or ($5::uuid is null and not exists (
         select 1 from kernel.units p where p.id = u.parent_id
           and (p.path && $1::uuid[] or p.id = any($2::uuid[])))))`;
  const { rows } = await reader.query(
    `select ${UNIT_COLUMNS}, count(*) over ()::int as found, (select count(*)::int from kernel.units c where c.parent_id = u.id
        and (c.path && $1::uuid[] or c.id = any($2::uuid[]))) as children
       from kernel.units u where ${READABLE} and ${LIVING} and ${where} order by u.code limit ${ROWS}`,
    [
      subtree,
      flat,
      asked.now,
      q.replaceAll(/[\\%_]/g, "\\$&"),
      q ? null : (asked.input.rootId ?? null),
      asked.input.expanded,
    ],
  );
  const units = rows.map((row) => ({ ...toUnitRow(row), children: row.children as number }));
  return { units, hidden: ((rows[0]?.found as number | undefined) ?? 0) - units.length };
}

/** As a tree is read: a unit, then what is below it. Units whose parent is not shown stand at the top. */
function inTreeOrder(units: readonly ShownUnit[]): readonly { unit: ShownUnit; depth: number }[] {
  const shown = new Set(units.map((unit) => unit.id));
  const below = Map.groupBy(units, (unit) => (unit.parentId && shown.has(unit.parentId) ? unit.parentId : ""));
  const walk = (parent: string, depth: number): { unit: ShownUnit; depth: number }[] =>
    (below.get(parent) ?? []).flatMap((unit) => [{ unit, depth }, ...walk(unit.id, depth + 1)]);
  return walk("", 0);
}

interface CellRow {
  plugin_id: string;
  unit_id: string;
  chosen: boolean;
  enabled: boolean;
  locked_by: string | null;
  own: Choice | null;
  own_locked: boolean | null;
}

async function cellsOf(reader: Reader, unitIds: readonly string[]): Promise<ReadonlyMap<string, CellRow>> {
  const { rows } = await reader.query<CellRow>(
    `select e.plugin_id, e.unit_id, e.chosen, e.enabled, e.locked_by, c.choice as own, c.locked as own_locked
       from kernel.plugin_effective e
       left join kernel.plugin_choice c on c.plugin_id = e.plugin_id and c.unit_id = e.unit_id
      where e.unit_id = any($1::uuid[])`,
    [[...unitIds]],
  );
  return new Map(rows.map((row) => [`${row.plugin_id} ${row.unit_id}`, row]));
}

function cell(snapshot: Snapshot, module: ModuleSummary, unitId: string, row: CellRow | undefined) {
  const serves = snapshot.serves(module.id);
  const chosen = row?.chosen ?? module.defaultOn;
  const effective = (row?.enabled ?? module.defaultOn) && serves;
  return {
    pluginId: module.id,
    own: row?.own ?? ("inherit" as const),
    lock: row?.own_locked ?? false,
    effective,
    lockedByAbove: row?.locked_by != null && row.locked_by !== unitId,
    // chosen and yet not there: something it requires is off, or it cannot run
    warning: (chosen && !effective) || (effective && snapshot.stateOf(module.id) === "degraded"),
  };
}

/** Units down, modules across: what the reader sees of it, branch by branch. */
export async function moduleMatrix(reader: Reader, snapshot: Snapshot, health: Health, asked: Asked): Promise<Matrix> {
  const [modules, { units, hidden }, revision] = await Promise.all([
    moduleSummaries(reader, snapshot, health),
    shownUnits(reader, asked),
    reader.query<{ revision: number }>("select revision from kernel.plugin_registry"),
  ]);
  const cells = await cellsOf(
    reader,
    units.map((unit) => unit.id),
  );
  return {
    revision: revision.rows[0]?.revision ?? 0,
    modules: [...modules],
    hidden,
    rows: inTreeOrder(units).map(({ unit, depth }) => ({
      unit: toSummary(unit),
      depth,
      children: unit.children,
      manageable: authorityOver(asked.actor, "modules.manage", unit.path) !== undefined,
      cells: modules.map((module) => cell(snapshot, module, unit.id, cells.get(`${module.id} ${unit.id}`))),
    })),
  };
}
