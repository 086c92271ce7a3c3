import type { CalendarDay } from "@doorstep/contracts";
import { dayNumber } from "../calendars/local-days.ts";
import type { WorkCalendar } from "../calendars/work-calendar.ts";

/** One save of a unit's own days. */
export interface OwnDays {
  readonly revision: number;
  readonly unitId: string;
  readonly version: number;
  readonly days: readonly CalendarDay[];
}

/** The newest save of each unit along the path, the root first. */
export const editsAlong = (all: readonly OwnDays[], pathToRoot: readonly string[]): readonly OwnDays[] =>
  all.length === 0
    ? []
    : pathToRoot.toReversed().flatMap((unitId) => {
        const own = all.filter((e) => e.unitId === unitId);
        const newest = own.toSorted((a, b) => b.version - a.version)[0];
        return newest && newest.days.length > 0 ? [newest] : [];
      });

/** `cn-2026.1+3+7`: an announced version with the saves 3 and 7 upon it, so that a clock can always be counted again. */
export const calendarName = (announced: string, edits: readonly OwnDays[]): string =>
  [announced, ...edits.map((e) => e.revision)].join("+");

export function partsOfName(name: string): { readonly announced: string; readonly revisions: readonly number[] } {
  const [announced = name, ...revisions] = name.split("+");
  return { announced, revisions: revisions.map(Number) };
}

/** The announced calendar with own days upon it; a unit below has the last word, and only ever adds working days. */
export function withOwnDays(announced: WorkCalendar, edits: readonly OwnDays[]): WorkCalendar {
  if (edits.length === 0) return announced;
  const off = new Set(announced.off);
  const work = new Set(announced.work);
  for (const { date, kind } of edits.flatMap((e) => e.days)) {
    const day = dayNumber(date);
    (kind === "off" ? work : off).delete(day);
    (kind === "off" ? off : work).add(day);
  }
  return { ...announced, id: calendarName(announced.id, edits), off, work };
}
