import { addDays } from "../calendars/local-days.ts";

/** How long after a month's end it is counted: what came late is in by then. */
const DAYS_AFTER = 10;
/** How far back corrections go. */
const MONTHS_BACK = 13;

const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);

/** The months that are to be released by a local date, the newest first. */
export function monthsDue(today: string): readonly string[] {
  const months: string[] = [];
  for (let month = addDays(today, -DAYS_AFTER).slice(0, 7); months.length < MONTHS_BACK; ) {
    month = monthBefore(month);
    months.push(month);
  }
  return months;
}
