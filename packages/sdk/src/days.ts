const DAY_MS = 86_400_000;

/** One is dear to make, and a house has few time zones. */
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone });
  calendars.set(timeZone, known);
  return known;
}

/**
 * The local date of an instant in a time zone, such as `ctx.unit.timeZone`.
 *
 * @since 0.1
 */
export const dayOf = (instant: string, timeZone: string): string => calendarOf(timeZone).format(new Date(instant));

/**
 * A local date so many days later or, below zero, earlier.
 *
 * @since 0.1
 */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/**
 * The instant at which clocks of a time zone show an hour (`09:30`) on a day.
 *
 * @since 0.1
 */
export function instantAt(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const ahead = (at: number): number => Date.parse(`${clock.format(at).replace(" ", "T")}Z`) - at;
  return new Date(wanted - ahead(wanted - ahead(wanted))).toISOString();
}
