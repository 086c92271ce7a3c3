import type { CalendarView } from "@doorstep/contracts";
import { isWeekend } from "./months.ts";

export type Kind = "off" | "work";
type Shown = CalendarView["days"][number];
interface Edit {
  readonly date: string;
  readonly kind: Kind | "announced";
}

/** What a day is before anybody toggles it here. */
export const savedKind = (days: ReadonlyMap<string, Shown>, date: string): Kind =>
  days.get(date)?.kind ?? (isWeekend(date) ? "off" : "work");

export interface Rights {
  readonly mayEdit: boolean;
  readonly mayAddOff: boolean;
}

/** Whether pressing the day may do anything: a unit below the topmost one only takes days off away, or gives them back. */
export const mayToggle = (rights: Rights, day: Shown | undefined, kind: Kind, pending: boolean): boolean =>
  rights.mayEdit && (rights.mayAddOff || kind === "off" || pending || day?.from === "own");

/** Changes after a press: pressed twice, nothing has changed; back to what is announced takes the own day away. */
export function toggled(
  days: ReadonlyMap<string, Shown>,
  changes: ReadonlyMap<string, Kind>,
  date: string,
): ReadonlyMap<string, Kind> {
  const next = new Map(changes);
  if (next.has(date)) next.delete(date);
  else next.set(date, savedKind(days, date) === "off" ? "work" : "off");
  return next;
}

/** What is sent: an own day that is pressed again is taken back. */
export const editsOf = (days: ReadonlyMap<string, Shown>, changes: ReadonlyMap<string, Kind>): readonly Edit[] =>
  [...changes]
    .map(([date, kind]) => ({ date, kind: days.get(date)?.from === "own" ? ("announced" as const) : kind }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
