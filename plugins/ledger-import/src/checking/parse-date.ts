import type { Mapping } from "../mapping/mapping.ts";

/** A moment of a record: with its time where the record states one. */
export interface Moment {
  /** ISO instant; of a day without a time, its first moment at the unit */
  readonly at: string;
  /** local date at the unit */
  readonly on: string;
  readonly isDay: boolean;
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly isDay: boolean;
}

const TIME = String.raw`(?:[T\s]*(\d{1,2})[:时点](\d{1,2})?分?(?::?(\d{1,2})(?:\.\d+)?秒?)?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?${TIME}$`);
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${TIME}\s*([AaPp][Mm])?$`);
const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

const parts = (year: string, month: string, day: string, time: readonly (string | undefined)[]): Parts => ({
  year: Number(year),
  month: Number(month),
  day: Number(day),
  hour: Number(time[0] ?? 0),
  minute: Number(time[1] ?? 0),
  second: Number(time[2] ?? 0),
  isDay: time[0] === undefined,
});

function readParts(text: string, order: Mapping["dateOrder"]): Parts | undefined {
  const first = yearFirst.exec(text) ?? compact.exec(text);
  if (first) return parts(first[1] ?? "", first[2] ?? "", first[3] ?? "", first.slice(4, 7));
  const last = yearLast.exec(text);
  // Without knowing the order, 4/5/2019 is two days; it is not guessed.
  if (!last || order === "ymd") return undefined;
  const [month, day] = order === "mdy" ? [last[1], last[2]] : [last[2], last[1]];
  const found = parts(last[3] ?? "", month ?? "", day ?? "", last.slice(4, 7));
  const half = last[7]?.toLowerCase();
  if (half === undefined) return found;
  return { ...found, hour: (found.hour % 12) + (half === "pm" ? 12 : 0) };
}

function isReal(p: Parts): boolean {
  const date = new Date(Date.UTC(p.year, p.month - 1, p.day));
  const isDay = date.getUTCFullYear() === p.year && date.getUTCMonth() === p.month - 1 && date.getUTCDate() === p.day;
  return isDay && p.year >= 1900 && p.hour < 24 && p.minute < 60 && p.second < 60;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  formats.set(timeZone, known);
  return known;
}

/** The clock on the wall at an instant, as if it were UTC. */
function wallClock(ms: number, timeZone: string): number {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(ms)
      .map((one) => [one.type, Number(one.value)]),
  );
  return Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
}

/** The instant at which the clock on the wall shows this. In an hour that a change of clocks skips: just after it. */
function instantOf(wall: number, timeZone: string): number {
  const guess = wall - (wallClock(wall, timeZone) - wall);
  return guess + (wall - wallClock(guess, timeZone));
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * Reads a date as registers write it: `2019-04-25 09:32`, `2019/4/25`, `2019年4月25日`, `20190425`, ISO with offset, and
 * `4/25/2019` where the order is known. Without an offset it is the unit's time.
 *
 * @returns undefined where it is no date, or could be two.
 */
export function parseMoment(text: string, timeZone: string, order: Mapping["dateOrder"]): Moment | undefined {
  const trimmed = text.trim();
  if (withOffset.test(trimmed)) {
    const ms = Date.parse(trimmed);
    if (Number.isNaN(ms)) return undefined;
    return { at: new Date(ms).toISOString(), on: dayOf(wallClock(ms, timeZone)), isDay: false };
  }
  const found = readParts(trimmed, order);
  if (!found || !isReal(found)) return undefined;
  const wall = Date.UTC(found.year, found.month - 1, found.day, found.hour, found.minute, found.second);
  return { at: new Date(instantOf(wall, timeZone)).toISOString(), on: dayOf(wall), isDay: found.isDay };
}

/** Whether the order of day and month can be told from dates with the year last. */
export function guessDateOrder(samples: readonly string[]): Mapping["dateOrder"] {
  const found = samples.flatMap((one) => {
    const match = yearLast.exec(one.trim());
    return match ? [[Number(match[1]), Number(match[2])] as const] : [];
  });
  if (found.some(([first]) => first > 12)) return "dmy";
  return found.some(([, second]) => second > 12) ? "mdy" : "ymd";
}
