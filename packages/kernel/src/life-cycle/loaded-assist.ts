import type { State } from "@doorstep/contracts";

/** What another unit was asked in a case; words as stored. */
export interface LoadedAssist {
  readonly id: string;
  readonly unitId: string;
  /** the unit first, the root last; of whoever came after it, where it has ended */
  readonly path: readonly string[];
  readonly clockId: string;
  readonly question: string;
  readonly dueOn: string;
  readonly report: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  readonly endedAt: string | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a row as jsonb gives it.
type Raw = Record<string, any>;

export const assistOf = (a: Raw): LoadedAssist => ({
  id: a.id,
  unitId: a.unit_id,
  path: a.path,
  clockId: a.clock_id,
  question: a.question,
  dueOn: a.due_on,
  report: a.report ?? null,
  answeredAt: a.answered_at ? new Date(a.answered_at).toISOString() : null,
  answeredBy: a.answered_by ?? null,
  endedAt: a.ended_at ? new Date(a.ended_at).toISOString() : null,
});

/** The holder is at work, and only then does he need others. */
export const assistedStates: readonly State[] = ["accepted", "inHandling"];

export const isOpenAssist = (a: LoadedAssist): boolean => a.answeredAt === null && a.endedAt === null;

/** An assist with what an act changes of it, as the columns of its row. */
export const assistPatch = (a: LoadedAssist, change: object): object => ({
  id: a.id,
  report: a.report,
  answered_at: a.answeredAt,
  answered_by: a.answeredBy,
  ended_at: a.endedAt,
  ended_by: null,
  reason: null,
  ...change,
});
