import type { TransportMessage } from "@doorstep/sdk/server";

/** Hours of a unit, `HH:MM` each. */
export interface Hours {
  readonly quietFrom: string;
  readonly quietUntil: string;
  readonly digestAt: string;
}

const MINUTE_MS = 60_000;
const DAY = 24 * 60;

const minutesOf = (hour: string): number => {
  const [h = "0", m = "0"] = hour.split(":");
  return Number(h) * 60 + Number(m);
};

/** Minutes since midnight on the wall of that zone. */
function wallMinutes(at: Date, timeZone: string): number {
  const text = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return minutesOf(text.format(at));
}

/**
 * The next instant at which the clock on the wall shows that time, this minute included. Looked for minute by minute
 * from the nearest guess, so that a night with a changed clock is no exception.
 */
function nextAt(from: Date, hour: string, timeZone: string): Date {
  const wanted = minutesOf(hour);
  const wait = (wanted - wallMinutes(from, timeZone) + DAY) % DAY;
  const guess = Math.floor(from.getTime() / MINUTE_MS) * MINUTE_MS + wait * MINUTE_MS;
  for (const shift of [0, 60, -60, 30, -30]) {
    const at = new Date(guess + shift * MINUTE_MS);
    if (at.getTime() >= from.getTime() - MINUTE_MS && wallMinutes(at, timeZone) === wanted) return at;
  }
  // the hour that was left out that night: the one after it
  return new Date(guess);
}

/** Whether the wall clock stands between the two times; over midnight where the first is the later one. */
function isQuiet(at: Date, { quietFrom, quietUntil }: Hours, timeZone: string): boolean {
  const [from, until, now] = [minutesOf(quietFrom), minutesOf(quietUntil), wallMinutes(at, timeZone)];
  if (from === until) return false;
  return from < until ? now >= from && now < until : now >= from || now < until;
}

const afterQuiet = (at: Date, hours: Hours, timeZone: string): Date =>
  isQuiet(at, hours, timeZone) ? nextAt(at, hours.quietUntil, timeZone) : at;

/**
 * When news of `since` may go out: at once, but for the quiet hours; or with the day's summary, which comes after the
 * quiet hours as well. What is urgent waits for neither. An instant that has passed means now.
 */
export function whenToSend(
  { mode, since, urgent }: Pick<TransportMessage, "mode" | "since" | "urgent">,
  now: string,
  hours: Hours,
  timeZone: string,
): Date {
  const at = new Date(now);
  if (urgent) return at;
  const due = mode === "daily" ? nextAt(new Date(since), hours.digestAt, timeZone) : at;
  return afterQuiet(due > at ? due : at, hours, timeZone);
}
