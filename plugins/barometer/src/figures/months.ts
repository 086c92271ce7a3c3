/** `YYYY-MM`, so many months later; earlier with a negative number. */
export function addMonths(month: string, by: number): string {
  const [year = 0, no = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, no - 1 + by, 1)).toISOString().slice(0, 7);
}

/** So many months, the last of them the one that is named. */
export const monthsTo = (last: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => addMonths(last, n - count + 1));
