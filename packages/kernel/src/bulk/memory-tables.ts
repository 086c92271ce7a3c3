import { type ArmName, armColumns, type Batch } from "../pipeline/batch.ts";

export type Row = Record<string, unknown>;

/** What PostgreSQL reports, where the pipeline looks for it. */
class Refused extends Error {
  readonly code: string;
  readonly constraint: string | undefined;
  constructor(code: string, constraint?: string) {
    super(constraint ?? code);
    this.code = code;
    this.constraint = constraint;
  }
}

interface UpdateArm {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}
const updateArms: readonly (readonly [string, UpdateArm])[] = Object.entries(armColumns.updates);
const insertArms: readonly (readonly [string, readonly string[]])[] = Object.entries({
  ...armColumns.inserts,
  ...armColumns.vaultInserts,
});

/** Tables whose arm leaves a row alone that is there already, with their keys; no recusal is asked of cases made here. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  tags: ["kind", "tag", "person_id"],
  recusals: ["person_id", "case_id"],
  case_actors: ["case_id", "person_id", "part", "level"],
};

function only(row: Row, columns: readonly string[]): Row {
  const kept: Row = {};
  for (const column of columns) kept[column] = row[column] ?? null;
  return kept;
}
const same = (a: Row, b: Row, columns: readonly string[]): boolean => columns.every((c) => a[c] === b[c]);

/** The rows of one case, changed as the statement of a command would change them (`pipeline/batch.ts`). */
export class MemoryTables {
  #tables = new Map<string, Row[]>();
  /** numbers by year; cases come in the order of time, so an older year never comes again */
  readonly #numbers = new Map<string, Set<string>>();

  constructor(numbers: Iterable<string> = []) {
    for (const number of numbers) this.#ofYear(number).add(number);
  }

  rows(table: string): readonly Row[] {
    return this.#tables.get(table) ?? [];
  }

  /** Hands the rows over and begins anew with the next case. */
  take(): ReadonlyMap<string, readonly Row[]> {
    const taken = this.#tables;
    this.#tables = new Map();
    return taken;
  }

  /** All or nothing, like the statement: what may refuse is looked at before anything is written. */
  apply(batch: Batch): void {
    for (const patch of (batch.patch ?? []) as readonly Row[])
      if (!this.rows("cases").some((row) => same(row, patch, ["id", "version"]))) throw new Refused("DS409");
    for (const row of (batch.cases ?? []) as readonly Row[]) this.#draw(String(row.case_no));
    for (const [arm, spec] of updateArms) this.#update(arm, spec, rowsOf(batch, arm));
    const gone = rowsOf(batch, "audience_gone");
    if (gone.length > 0)
      this.#tables.set(
        "case_audience",
        this.rows("case_audience").filter((row) => !gone.some((g) => same(row, g, ["case_id", "key"]))),
      );
    for (const [table, columns] of insertArms) this.#insert(table, columns, rowsOf(batch, table));
  }

  #draw(number: string): void {
    const year = number.slice(0, 4);
    if (!this.#numbers.has(year)) for (const one of this.#numbers.keys()) if (one < year) this.#numbers.delete(one);
    const taken = this.#ofYear(number);
    if (taken.has(number)) throw new Refused("23505", "cases_case_no_key");
    taken.add(number);
  }

  #ofYear(number: string): Set<string> {
    const year = number.slice(0, 4);
    const known = this.#numbers.get(year) ?? new Set();
    this.#numbers.set(year, known);
    return known;
  }

  #update(arm: string, spec: UpdateArm, patches: readonly Row[]): void {
    for (const patch of patches) {
      const row = this.rows(spec.table).find((one) => same(one, patch, spec.key));
      if (!row) continue;
      const kept = armColumns.keptColumns[arm] ?? [];
      const set = spec.columns.filter((column) => !kept.includes(column) || (patch[column] ?? null) !== null);
      Object.assign(row, only(patch, set));
      if (arm === "patch") row.version = Number(row.version) + 1;
    }
  }

  #insert(table: string, columns: readonly string[], rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const known = this.#tables.get(table) ?? [];
    this.#tables.set(table, known);
    const key = keysOf[table];
    for (const row of rows) if (!key || !known.some((one) => same(one, row, key))) known.push(only(row, columns));
  }
}

const rowsOf = (batch: Batch, arm: string): readonly Row[] => (batch[arm as ArmName] ?? []) as readonly Row[];
