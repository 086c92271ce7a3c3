/** The paging of a petition in which somebody is in danger, with the row it is written back as. */
export interface LoadedDuty {
  readonly step: number;
  readonly nobodySince: string | null;
  readonly takenAt: string | null;
  readonly phonedAt: string | null;
  readonly reportedAt: string | null;
  readonly reached: readonly string[];
  readonly row: Readonly<Record<string, unknown>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a row as jsonb gives it.
export const dutyOf = (row: Record<string, any> | null | undefined): LoadedDuty | null =>
  row
    ? {
        step: row.step,
        nobodySince: row.nobody_since ?? null,
        takenAt: row.taken_at ?? null,
        phonedAt: row.phoned_at ?? null,
        reportedAt: row.reported_at ?? null,
        reached: row.reached ?? [],
        row,
      }
    : null;
