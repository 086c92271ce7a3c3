const DAY_MS = 86_400_000;

/** The local date of an instant at a unit. */
export const dayOf = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(instant));

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export const later = (one: string, other: string): string => (one < other ? other : one);

/** The same for every day of a week: what is told weekly is told once under it. */
export const weekOf = (day: string): number => Math.floor((Date.parse(`${day}T00:00:00Z`) / DAY_MS + 3) / 7);

/** The instant of an hour that clocks of a zone show on a day. */
export function instantAt(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const ahead = (at: number): number => Date.parse(`${clock.format(at).replace(" ", "T")}Z`) - at;
  return new Date(wanted - ahead(wanted - ahead(wanted))).toISOString();
}
