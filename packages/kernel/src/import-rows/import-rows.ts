import { DoorstepError, type ErrorCode, type ErrorParams, type ImportReport } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { inChange } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import type { LedgerActor } from "../ledger/entry.ts";

export type ImportAction = "create" | "update" | "same";
export type Problem = ImportReport["rows"][number]["problems"][number];

/** What is wrong with one row, all at once where that can be told. */
export class RowProblems extends Error {
  override readonly name = "RowProblems";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super("row");
    this.problems = problems;
  }
}

export const problem = (column: string, code: ErrorCode, params: ErrorParams = {}): Problem => ({
  column,
  code,
  params: { ...params },
});

export interface ImportedRow<T> {
  /** 1 is the first row under the headings */
  readonly row: number;
  readonly key: string;
  readonly value: T;
}

interface ImportOptions<T, S> {
  readonly by: LedgerActor;
  /** in the order in which they are to be done */
  readonly rows: readonly ImportedRow<T>[];
  readonly apply: boolean;
  /** the column a refusal of the command belongs to */
  readonly columnOf: (code: ErrorCode) => string;
  /** once, before the first row: locks, and what the rows are compared with */
  readonly before: (change: Change) => Promise<S>;
  readonly each: (change: Change, value: T, started: S) => Promise<ImportAction>;
  /** once, after all rows and only when they are kept */
  readonly after?: (change: Change) => Promise<void>;
}

class DryRun extends Error {}

/**
 * Does every row with the commands people use, each behind a savepoint, and undoes everything when it was only a trial:
 * so the trial tells exactly what will happen. Rows with problems are left out and reported.
 */
export async function importRows<T, S>(kernel: Kernel, options: ImportOptions<T, S>): Promise<ImportReport> {
  const report: ImportReport["rows"] = [];
  try {
    await inChange(kernel, options.by, async (change) => {
      const started = await options.before(change);
      for (const row of options.rows)
        report.push(await tryRow(change, row, options.columnOf, () => options.each(change, row.value, started)));
      if (!options.apply) throw new DryRun();
      await options.after?.(change);
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  return toReport(report, options.apply);
}

export function toReport(rows: ImportReport["rows"], applied: boolean): ImportReport {
  const counts = { create: 0, update: 0, same: 0, error: 0 };
  for (const row of rows) counts[row.action] += 1;
  return { rows: rows.toSorted((a, b) => a.row - b.row), counts, applied };
}

async function tryRow<T>(
  change: Change,
  row: ImportedRow<T>,
  columnOf: (code: ErrorCode) => string,
  work: () => Promise<ImportAction>,
): Promise<ImportReport["rows"][number]> {
  await change.client.query("savepoint row");
  try {
    const action = await work();
    await change.client.query("release savepoint row");
    return { row: row.row, key: row.key, action, problems: [] };
  } catch (error) {
    await change.client.query("rollback to savepoint row");
    const problems = problemsOf(error, columnOf);
    if (!problems) throw error;
    return { row: row.row, key: row.key, action: "error", problems: [...problems] };
  }
}

function problemsOf(error: unknown, columnOf: (code: ErrorCode) => string): readonly Problem[] | undefined {
  if (error instanceof RowProblems) return error.problems;
  if (error instanceof DoorstepError) return [problem(columnOf(error.code), error.code, error.params)];
  return undefined;
}
