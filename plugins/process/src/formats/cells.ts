/** Why a log is not taken in. */
const flaws = ["columns", "cells", "case", "activity", "time", "broken", "empty", "tooMany"] as const;
export type Flaw = (typeof flaws)[number];

/** Events of one log at most. */
export const MOST_EVENTS = 200_000;

/** A log that cannot be taken in: where, and why. */
export class LogFlaw extends Error {
  override readonly name = "LogFlaw";
  readonly flaw: Flaw;
  /** the line of a list, or which trace of XES; 0: the file as a whole */
  readonly place: number;

  constructor(flaw: Flaw, place = 0) {
    super(flaw);
    this.flaw = flaw;
    this.place = place;
  }
}

const LONGEST = 200;

/** What a step is called; the rest of a very long name tells nothing more. */
export function activityOf(value: string | undefined, place: number): string {
  const name = value?.trim().slice(0, LONGEST);
  if (!name) throw new LogFlaw("activity", place);
  return name;
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,](\d{1,3})\d*)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** An instant as logs write it; without an offset it is taken for UTC, since only what lies between steps counts. */
export function instantOf(value: string | undefined): string | undefined {
  const [, day, time = "00:00", seconds = ":00", part = "0", zone = "Z"] = DATE.exec(value?.trim() ?? "") ?? [];
  const at = new Date(
    `${day}T${time}${seconds}.${part}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`,
  );
  return day === undefined || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** A step that only begins is told once more when it is complete. */
export const isWhole = (transition: string | undefined): boolean =>
  transition === undefined || transition === "" || transition.toLowerCase() === "complete";
