import { type ErrorCode, type ImportReport, unitCode } from "@doorstep/contracts";
import { type Actor, mayAnywhere } from "../actor.ts";
import { holdsAt } from "../actor-scope.ts";
import { type Change, ledgerActorOf } from "../change.ts";
import { isTimeZone } from "../clocks/local-time.ts";
import { canonicalRow } from "../import-rows/canonical-row.ts";
import {
  type ImportAction,
  type ImportedRow,
  importRows,
  type Problem,
  problem,
  RowProblems,
  toReport,
} from "../import-rows/import-rows.ts";
import type { Kernel } from "../kernel.ts";
import { createUnit } from "./create-unit.ts";
import { type LockedUnit, lockTree, lockUnit } from "./lock-units.ts";
import { moveUnit } from "./move-unit.ts";
import { orderByParent } from "./order-by-parent.ts";
import { updateUnit } from "./update-unit.ts";

const NAME_MAX = 2_000;
const STRENGTH_MAX = 1_000_000;
export const DEFAULT_TIME_ZONE = "Asia/Shanghai";

/** One row of a list of units; an empty parent makes a root. */
interface UnitRow {
  readonly code: string;
  readonly parent: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly timeZone: string;
  readonly strength: number | null | undefined;
  readonly problems: readonly Problem[];
}

function strengthOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === "") return null;
  const strength = Number(text);
  return Number.isInteger(strength) && strength >= 0 && strength <= STRENGTH_MAX ? strength : Number.NaN;
}

function readRow(raw: Readonly<Record<string, string>>): UnitRow {
  const row = canonicalRow(raw);
  const { code = "", parent = "", name = "", timeZone = "" } = row;
  const strength = strengthOf(row.strength);
  const problems: Problem[] = [];
  if (!code) problems.push(problem("code", "import.columnMissing", { column: "code" }));
  else if (!unitCode.safeParse(code).success) problems.push(problem("code", "unit.codeForm"));
  if (!name) problems.push(problem("name", "import.columnMissing", { column: "name" }));
  else if (name.length > NAME_MAX) problems.push(problem("name", "input.tooLarge"));
  if (timeZone && !isTimeZone(timeZone)) problems.push(problem("timeZone", "unit.timeZone"));
  if (Number.isNaN(strength)) problems.push(problem("strength", "input.invalid"));
  return { code, parent, nameZh: name, nameEn: row.nameEn || name, timeZone, strength, problems };
}

const columnOf = (code: ErrorCode): string =>
  code === "unit.cycle" || code === "unit.parentMissing" || code === "unit.retired" || code === "forbidden"
    ? "parent"
    : "code";

/**
 * Brings the tree to a list of units, matched by code, parents in any order; a second run changes nothing. Units that
 * the list leaves out stay as they are.
 */
export async function importUnits(
  kernel: Kernel,
  actor: Actor,
  input: { readonly rows: readonly Readonly<Record<string, string>>[]; readonly apply: boolean },
): Promise<ImportReport> {
  const read = input.rows.map((raw, index) => ({ row: index + 1, ...readRow(raw) }));
  const seen = new Set<string>();
  const first: typeof read = [];
  const early: ImportReport["rows"] = [];
  const refuse = (row: (typeof read)[number], problems: readonly Problem[]) =>
    early.push({ row: row.row, key: row.code, action: "error", problems: [...problems] });
  for (const row of read) {
    const key = row.code.toLowerCase();
    if (row.problems.length > 0) refuse(row, row.problems);
    else if (seen.has(key)) refuse(row, [problem("code", "import.repeatedKey", { key: row.code })]);
    else first.push(row);
    if (key) seen.add(key);
  }
  const { ordered, circular } = orderByParent(first);
  for (const row of circular) refuse(row, [problem("parent", "unit.cycle")]);

  const rows: ImportedRow<UnitRow>[] = ordered.map((row) => ({ row: row.row, key: row.code, value: row }));
  const done = await importRows(kernel, {
    by: ledgerActorOf(actor),
    rows,
    apply: input.apply,
    columnOf,
    before: async (change) => {
      await lockTree(change);
      return await codesOf(change);
    },
    each: (change, row, known) => importUnit(change, actor, known, row),
  });
  return toReport([...done.rows, ...early], input.apply);
}

async function importUnit(change: Change, actor: Actor, known: Codes, row: UnitRow): Promise<ImportAction> {
  const parent = row.parent ? await byCode(change, known, row.parent) : null;
  if (row.parent && !parent) throw new RowProblems([problem("parent", "unit.parentMissing", { code: row.parent })]);
  assertMay(actor, parent, "parent");
  const unit = await byCode(change, known, row.code);
  if (!unit) {
    const id = await createUnit(change, {
      parentId: parent?.id ?? null,
      code: row.code,
      name: { "zh-CN": row.nameZh, en: row.nameEn },
      timeZone: row.timeZone || parent?.timeZone || DEFAULT_TIME_ZONE,
      strength: row.strength ?? null,
    });
    known.set(row.code.toLowerCase(), id);
    return "create";
  }
  assertMay(actor, unit, "code");
  const moved = await moveIfNeeded(change, unit, parent);
  const updated = await updateIfNeeded(change, moved ? await lockUnit(change, unit.id) : unit, row);
  return moved || updated ? "update" : "same";
}

function assertMay(actor: Actor, unit: LockedUnit | null, column: string): void {
  const may = unit ? holdsAt(actor, "units.manage", unit.path.toReversed()) : mayAnywhere(actor, "platform.manage");
  if (!may) throw new RowProblems([problem(column, "forbidden")]);
}

/** Units by code in lower case, so that a list of thousands does not search the tree for each row. */
type Codes = Map<string, string>;

async function codesOf(change: Change): Promise<Codes> {
  const { rows } = await change.client.query<{ code: string; id: string }>(
    "select lower(code) as code, id from kernel.units",
  );
  return new Map(rows.map((row) => [row.code, row.id]));
}

async function byCode(change: Change, known: Codes, code: string): Promise<LockedUnit | null> {
  const id = known.get(code.toLowerCase());
  return id === undefined ? null : await lockUnit(change, id);
}

/** A list that leaves the parent of an existing unit empty does not make it a root. */
async function moveIfNeeded(change: Change, unit: LockedUnit, parent: LockedUnit | null): Promise<boolean> {
  if (!parent || parent.id === unit.parentId) return false;
  await moveUnit(change, { unitId: unit.id, parentId: parent.id, version: unit.version, why: "" });
  return true;
}

async function updateIfNeeded(change: Change, unit: LockedUnit, row: UnitRow): Promise<boolean> {
  const timeZone = row.timeZone || unit.timeZone;
  const strength = row.strength === undefined ? unit.strength : row.strength;
  const same =
    unit.nameZh === row.nameZh &&
    unit.nameEn === row.nameEn &&
    unit.timeZone === timeZone &&
    unit.strength === strength;
  if (same) return false;
  await updateUnit(change, {
    unitId: unit.id,
    version: unit.version,
    name: { "zh-CN": row.nameZh, en: row.nameEn },
    timeZone,
    strength,
  });
  return true;
}
