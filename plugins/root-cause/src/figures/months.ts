/** `YYYY-MM`, so many months later; earlier with a negative number. */
export function addMonths(month: string, by: number): string {
  const [year = 0, no = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, no - 1 + by, 1)).toISOString().slice(0, 7);
}

const from = (first: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => addMonths(first, n));

export interface Spans {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Equally many whole months before a fix was decided on and after it was done: the months in which it was being done belong to
 * neither, since it may have begun to work.
 */
export const spansOf = (decidedOn: string, doneOn: string, months: number): Spans => ({
  before: from(addMonths(decidedOn.slice(0, 7), -months), months),
  after: from(addMonths(doneOn.slice(0, 7), 1), months),
});

export const yearBefore = ({ before, after }: Spans): Spans => ({
  before: before.map((month) => addMonths(month, -12)),
  after: after.map((month) => addMonths(month, -12)),
});
