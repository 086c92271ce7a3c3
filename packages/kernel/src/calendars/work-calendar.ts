import type { Calendar } from "@doorstep/contracts";
import { type DayNumber, dayNumber, daysBetween, weekday } from "./local-days.ts";

/** A calendar made ready for counting. */
export interface WorkCalendar {
  readonly id: string;
  readonly region: string;
  readonly officialFrom: DayNumber;
  readonly officialUntil: DayNumber;
  readonly off: ReadonlySet<DayNumber>;
  /** Weekend days worked in exchange for a holiday. */
  readonly work: ReadonlySet<DayNumber>;
}

const compiled = new WeakMap<Calendar, WorkCalendar>();

/** Makes a calendar ready for counting; the same object is compiled once. */
export function workCalendar(data: Calendar): WorkCalendar {
  const known = compiled.get(data);
  if (known) return known;
  const of = (kind: "off" | "work") => new Set(data.days.filter((d) => d.kind === kind).map((d) => dayNumber(d.date)));
  const made: WorkCalendar = {
    id: data.id,
    region: data.region,
    officialFrom: dayNumber(data.officialFrom),
    officialUntil: dayNumber(data.officialUntil),
    off: of("off"),
    work: of("work"),
  };
  compiled.set(data, made);
  return made;
}

export function isWorkday(calendar: WorkCalendar, day: DayNumber): boolean {
  if (calendar.work.has(day)) return true;
  const ofWeek = weekday(day);
  return !calendar.off.has(day) && ofWeek !== 0 && ofWeek !== 6;
}

/** Days of announced calendar left, seen from `today`; what the administrator is warned about (below 0: already beyond). */
export const officialDaysLeft = (data: Calendar, today: string): number => daysBetween(today, data.officialUntil);

/** Longest period of the field that is not counted in years: below this, new due dates become provisional. */
export const CALENDAR_WARNING_DAYS = 90;

/** Whether new clocks soon get provisional dates, so that the next announcement must be brought in. */
export const calendarEndsSoon = (data: Calendar, today: string): boolean =>
  officialDaysLeft(data, today) < CALENDAR_WARNING_DAYS;
