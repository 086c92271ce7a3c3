import type { ClockUnit, ExcludedSpan, Explain, Standing, Text } from "@doorstep/contracts";
import { type DayNumber, dayNumber, isoDate } from "../calendars/local-days.ts";
import { isWorkday, type WorkCalendar } from "../calendars/work-calendar.ts";
import { mergeSpans } from "./pauses.ts";

/** One length with where it comes from, as `resolveRule` gives it. */
export interface Rule {
  /** `K4`, or a part such as `K24.findings`. */
  readonly ref: string;
  readonly pack: string;
  readonly amount: number;
  readonly unit: ClockUnit;
  /** The pack's own length, where the unit has made it shorter. */
  readonly packAmount?: number;
  readonly tightenedBy?: NonNullable<Explain["tightenedBy"]>;
  readonly source: string;
  readonly basis: Text;
  readonly standing: Standing;
  readonly startedBy: Text;
}

export interface DueOptions {
  /** Days (or working days) granted beyond the rule's own length. */
  readonly extension?: number;
  /** Local days that do not count, e.g. of a hearing [R22:36]. */
  readonly excluded?: readonly ExcludedSpan[];
}

interface Walk {
  readonly counted: DayNumber;
  readonly due: DayNumber;
  readonly skipped: readonly DayNumber[];
}

/**
 * Counts a period in calendar or working days; the start day is not counted [CC:201], and a last day that is no
 * working day moves to the next one [CC:203]. Always counted again from the start, then rolled once: never "old due + n".
 */
export function dueOn(rule: Rule, startOn: string, calendar: WorkCalendar, options: DueOptions = {}): Explain {
  if (rule.unit === "hour") throw new RangeError(`${rule.ref} runs in hours; it has no due day of its own`);
  const start = dayNumber(startOn);
  const spans = mergeSpans(options.excluded ?? []);
  const excluded = new Set<DayNumber>();
  for (const s of spans) for (let d = dayNumber(s.from); d <= dayNumber(s.to); d++) excluded.add(d);

  const length = rule.amount + (options.extension ?? 0);
  const walk =
    rule.unit === "workday"
      ? countWorkdays(start, length, calendar, excluded)
      : countDays(start, length, calendar, excluded);
  const used = spans
    .map((s) => ({ ...s, from: maxDate(s.from, isoDate(start + 1)), to: minDate(s.to, isoDate(walk.due)) }))
    .filter((s) => s.from <= s.to)
    .map((s) => ({ ...s, days: dayNumber(s.to) - dayNumber(s.from) + 1 }));

  return {
    ...ruleFacts(rule, startOn, calendar),
    ...(options.extension && { extension: options.extension }),
    ...(used.length > 0 && { excluded: used }),
    counted: isoDate(walk.counted),
    skipped: walk.skipped.map(isoDate),
    ...(walk.counted !== walk.due && { rolledFrom: isoDate(walk.counted) }),
    due: isoDate(walk.due),
    ...calendarLimits(calendar, start, walk.due),
  };
}

/** What every explanation says of its rule, however the end was found. */
export const ruleFacts = (rule: Rule, startOn: string, calendar: WorkCalendar) => ({
  rule: rule.ref,
  pack: rule.pack,
  source: rule.source,
  basis: rule.basis,
  standing: rule.standing,
  startedBy: rule.startedBy,
  start: startOn,
  amount: rule.amount,
  unit: rule.unit,
  ...(rule.packAmount !== undefined && { packAmount: rule.packAmount }),
  ...(rule.tightenedBy && { tightenedBy: rule.tightenedBy }),
  calendar: calendar.id,
});

function countWorkdays(
  start: DayNumber,
  length: number,
  calendar: WorkCalendar,
  excluded: ReadonlySet<DayNumber>,
): Walk {
  const skipped: DayNumber[] = [];
  let day = start;
  for (let left = length; left > 0; ) {
    day++;
    if (!isWorkday(calendar, day)) skipped.push(day);
    else if (!excluded.has(day)) left--;
  }
  return { counted: day, due: day, skipped };
}

function countDays(start: DayNumber, length: number, calendar: WorkCalendar, excluded: ReadonlySet<DayNumber>): Walk {
  let counted = start;
  for (let left = length; left > 0; ) {
    counted++;
    if (!excluded.has(counted)) left--;
  }
  const skipped: DayNumber[] = [];
  let due = counted;
  // a hearing that still runs on the day the period rolled to holds the end open
  while (!isWorkday(calendar, due) || (due > counted && excluded.has(due))) {
    if (!isWorkday(calendar, due)) skipped.push(due);
    due++;
  }
  return { counted, due, skipped };
}

/** What the calendar does not know about this period. */
function calendarLimits(calendar: WorkCalendar, start: DayNumber, due: DayNumber): Partial<Explain> {
  return {
    ...(due > calendar.officialUntil && { provisionalAfter: isoDate(calendar.officialUntil) }),
    ...(start + 1 < calendar.officialFrom && { unknownBefore: isoDate(calendar.officialFrom) }),
  };
}

/**
 * The last day on which something may still be done that must come at least so long before an event
 * (hearing, reception day); the event's own day is not counted.
 */
export function latestBefore(rule: Rule, eventOn: string, calendar: WorkCalendar): string {
  let day = dayNumber(eventOn) - (rule.unit === "day" ? rule.amount : 0);
  for (let left = rule.unit === "workday" ? rule.amount : 0; left > 0; ) {
    day--;
    if (isWorkday(calendar, day)) left--;
  }
  return isoDate(day);
}

const maxDate = (a: string, b: string) => (a > b ? a : b);
const minDate = (a: string, b: string) => (a < b ? a : b);
