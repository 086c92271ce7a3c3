import type { ImportReport } from "@doorstep/contracts";
import { portions } from "./read-list.ts";

type Rows = Record<string, string>[];
type Run<R> = (input: { rows: Rows; apply: boolean }) => Promise<R>;

interface PortionOptions<R> {
  readonly key: string;
  readonly size: number;
  /** puts two answers together */
  readonly join: (one: R, other: R) => R;
  readonly onProgress: (done: number, all: number) => void;
}

/** Adds the lines and counts of a later portion. */
export function joinReports(one: ImportReport, other: ImportReport): ImportReport {
  return {
    rows: [...one.rows, ...other.rows].toSorted((a, b) => a.row - b.row),
    counts: {
      create: one.counts.create + other.counts.create,
      update: one.counts.update + other.counts.update,
      same: one.counts.same + other.counts.same,
      error: one.counts.error + other.counts.error,
    },
    applied: one.applied && other.applied,
  };
}

/**
 * Sends a long list in portions, each kept when it is answered; the answers' row numbers are those of the whole list.
 * Broken off half way, a second run takes in the rest: rows that are there are the same.
 */
export async function runPortions<R extends ImportReport>(
  run: Run<R>,
  rows: Rows,
  apply: boolean,
  options: PortionOptions<R>,
): Promise<R> {
  const parts = portions(rows, options.key, options.size);
  let joined: R | undefined;
  let done = 0;
  for (const part of parts) {
    const answer = await run({ rows: part.map((index) => rows[index] ?? {}), apply });
    const numbered = { ...answer, rows: answer.rows.map((row) => ({ ...row, row: (part[row.row - 1] ?? 0) + 1 })) };
    joined = joined ? options.join(joined, numbered) : numbered;
    done += part.length;
    options.onProgress(done, rows.length);
  }
  return joined ?? (await run({ rows: [], apply }));
}
