/** Local dates by months, weeks from Monday; no machine time zone takes part. */
export interface Month {
  /** `YYYY-MM` */
  readonly key: string;
  readonly weeks: readonly (readonly (string | null)[])[];
}

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** 0 Monday to 6 Sunday. */
export const dayOfWeek = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
export const isWeekend = (date: string): boolean => dayOfWeek(date) > 4;

export const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export function monthOf(key: string): Month {
  const [year = 0, month = 1] = key.split("-").map(Number);
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const cells: (string | null)[] = [
    ...Array.from({ length: dayOfWeek(`${key}-01`) }, () => null),
    ...Array.from({ length }, (_, n) => iso(year, month - 1, n + 1)),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, n) =>
    Array.from({ length: 7 }, (_cell, d) => cells[n * 7 + d] ?? null),
  );
  return { key, weeks };
}

export const monthsOfYear = (year: number): readonly Month[] =>
  Array.from({ length: 12 }, (_, n) => monthOf(iso(year, n, 1).slice(0, 7)));

/** The months from one date to another, both included, at most so many. */
export function monthsBetween(from: string, to: string, most: number): readonly Month[] {
  const months: Month[] = [];
  for (let key = from.slice(0, 7); key <= to.slice(0, 7) && months.length < most; ) {
    months.push(monthOf(key));
    const [year = 0, month = 1] = key.split("-").map(Number);
    key = iso(year, month, 1).slice(0, 7);
  }
  return months;
}
