import { type DayNumber, dayNumber, isoDate } from "../calendars/local-days.ts";

/** Wall time of one place at one instant. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm` */
  readonly time: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs some 50 us, using one 1 us; there are few zones. */
function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formatters.set(timeZone, made);
  return made;
}

function readWall(instantMs: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const p of formatter(timeZone).formatToParts(instantMs))
    if (p.type !== "literal") part[p.type] = Number(p.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const MOST_DAYS = 20_000;
/** Offset of a zone through a whole day of UTC; `null` where it changes on that day. */
const offsets = new Map<string, Map<number, number | null>>();

function offsetThrough(day: number, timeZone: string): number | null {
  const known = offsets.get(timeZone) ?? new Map<number, number | null>();
  const offset = known.get(day);
  if (offset !== undefined) return offset;
  const [first, last] = [day * DAY_MS, (day + 1) * DAY_MS - SECOND_MS];
  const atFirst = readWall(first, timeZone) - first;
  const made = atFirst === readWall(last, timeZone) - last ? atFirst : null;
  if (known.size >= MOST_DAYS) known.clear();
  offsets.set(timeZone, known.set(day, made));
  return made;
}

/** The wall clock of the zone read as if it were UTC, in milliseconds. Days ask again and again, so days are kept. */
function wallMs(instantMs: number, timeZone: string): number {
  const offset = offsetThrough(Math.floor(instantMs / DAY_MS), timeZone);
  return offset === null ? readWall(instantMs, timeZone) : instantMs + offset;
}

const localDay = (instantMs: number, timeZone: string): DayNumber => Math.floor(wallMs(instantMs, timeZone) / DAY_MS);

/** @throws RangeError when the text is no instant. */
export function instantMs(instant: string): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`);
  return ms;
}

/** The date people at that place write down at that instant. */
export const localDateOf = (instant: string, timeZone: string): string =>
  isoDate(localDay(instantMs(instant), timeZone));

export function localTimeOf(instant: string, timeZone: string): LocalTime {
  const wall = new Date(wallMs(instantMs(instant), timeZone)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/**
 * The instant at which a clock on the wall there shows that date and time. Of a time that comes twice the first; one
 * that is skipped, as far after the gap as it would have been.
 */
export function instantOfLocal(dateTime: string, timeZone: string): number {
  const wall = instantMs(`${dateTime}Z`);
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((at) => wallMs(at, timeZone) - at);
  const fits = offsets.map((offset) => wall - offset).filter((at) => wallMs(at, timeZone) === wall);
  return fits.length > 0 ? Math.min(...fits) : wall - (offsets[0] ?? 0);
}

export function isTimeZone(name: string): boolean {
  try {
    formatter(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The last millisecond of a local day: until then something due on that day is in time.
 * Holds where midnight is skipped or comes twice; for a day that the zone never had, the last moment before it.
 */
export function endOfLocalDay(date: string, timeZone: string): string {
  const day = dayNumber(date);
  const midnight = (day + 1) * DAY_MS;
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map((at) => wallMs(at, timeZone) - at);
  const ends = offsets.map((offset) => midnight - offset - 1).filter((at) => localDay(at, timeZone) === day);
  const end = ends.length > 0 ? Math.max(...ends) : lastBefore(day + 1, timeZone);
  return new Date(end).toISOString();
}

/** Halves the interval around the change of day; only zones with a whole day missing come here. */
function lastBefore(day: DayNumber, timeZone: string): number {
  let low = (day - 2) * DAY_MS;
  let high = (day + 2) * DAY_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (localDay(middle, timeZone) < day) low = middle;
    else high = middle;
  }
  return low;
}
