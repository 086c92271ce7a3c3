/** Local dates as days since 1970-01-01, so that all arithmetic is on integers and no machine time zone takes part. */
export type DayNumber = number;

const DAY_MS = 86_400_000;
const shape = /^\d{4}-\d{2}-\d{2}$/;

/** @throws RangeError when the text is no local date that exists. */
export function dayNumber(date: string): DayNumber {
  const ms = shape.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  const day = ms / DAY_MS;
  if (Number.isNaN(day) || isoDate(day) !== date) throw new RangeError(`not a local date: ${date}`);
  return day;
}

const MOST_DAYS = 50_000;
const written = new Map<DayNumber, string>();

export function isoDate(day: DayNumber): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (written.size >= MOST_DAYS) written.clear();
  written.set(day, date);
  return date;
}

/** 0 Sunday to 6 Saturday. */
export const weekday = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;

/** Days from the first date to the second; negative when the second lies before. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

export const addDays = (date: string, days: number): string => isoDate(dayNumber(date) + days);
