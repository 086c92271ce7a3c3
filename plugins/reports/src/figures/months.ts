/** `YYYY-MM`, so many months later; earlier with a negative number. */
export function addMonths(month: string, by: number): string {
  const [year = 0, no = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, no - 1 + by, 1)).toISOString().slice(0, 7);
}

/** Months that follow each other, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Every month of a period; none where it ends before it begins. */
export function monthsOf({ from, to }: Period): readonly string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The same months, so many earlier. */
export const earlier = ({ from, to }: Period, by: number): Period => ({
  from: addMonths(from, -by),
  to: addMonths(to, -by),
});

export const yearOf = (year: number): Period => ({ from: `${year}-01`, to: `${year}-12` });
