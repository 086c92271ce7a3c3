import type { Language } from "./languages.ts";

const dateStyle: Record<Language, Intl.DateTimeFormatOptions> = {
  "zh-CN": { year: "numeric", month: "long", day: "numeric" },
  en: { year: "numeric", month: "long", day: "numeric" },
};
const locale: Record<Language, string> = { "zh-CN": "zh-CN", en: "en-GB" };

/** To make a writer costs a hundred times what it writes, and a list writes a hundred dates. */
const writers = new Map<string, Intl.DateTimeFormat>();
function dateWriter(language: Language, more: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, more]);
  const made = writers.get(key) ?? new Intl.DateTimeFormat(locale[language], { ...dateStyle[language], ...more });
  writers.set(key, made);
  return made;
}

/**
 * Writes a local date (`YYYY-MM-DD`) as a reader says it: `2026年12月8日`, `8 December 2026`. It is a date without an
 * hour, so it is read and written in UTC and never moves with the reader's time zone.
 */
export function formatDate(date: string, language: Language): string {
  const instant = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return date;
  return dateWriter(language, { timeZone: "UTC" }).format(instant);
}

let screenZone: string | undefined;

/**
 * From now on the times of all screens are those of this zone: that of the reader's unit, as on its letters, wherever
 * he reads them. `undefined` leaves it as it is.
 */
export function showTimesIn(timeZone: string | undefined): void {
  screenZone = timeZone ?? screenZone;
}

/**
 * Writes an instant with its hour in the given time zone (default: that of the screens, else the browser's). Where the
 * browser's own clock shows another hour, the zone stands beside it: `09:15 GMT+8`.
 */
export function formatInstant(instant: string, language: Language, timeZone: string | undefined = screenZone): string {
  const parsed = new Date(instant);
  if (Number.isNaN(parsed.getTime())) return instant;
  const written = (more: Intl.DateTimeFormatOptions): string =>
    dateWriter(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...more }).format(parsed);
  const here = written({});
  if (timeZone === undefined) return here;
  const there = written({ timeZone });
  return there === here ? there : written({ timeZone, timeZoneName: "shortOffset" });
}

/** Writes a number with the reader's own grouping. */
export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(locale[language]).format(value);
}

/** Writes a size in bytes in the largest unit that keeps it readable: `832 KB`, `1.4 MB`. */
export function formatBytes(bytes: number, language: Language): string {
  const megabytes = bytes / 1_048_576;
  if (megabytes >= 1)
    return `${new Intl.NumberFormat(locale[language], { maximumFractionDigits: 1 }).format(megabytes)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
