import type { Text } from "./text.ts";

/** What stands in a calendar: when, where, and the name of the module; nothing of a petition. */
export interface CalendarEntry {
  readonly id: string;
  readonly title: Text;
  readonly place: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly cancelled: boolean;
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, (one) => `\\${one}`).replaceAll(/\r?\n/g, "\\n");
const stamp = (instant: string): string => instant.replace(/[-:]|\.\d+/g, "");

const LINE_BYTES = 73;
const bytes = new TextEncoder();

/** Lines end after 75 bytes and go on behind a blank, never within a character [RFC 5545 §3.1]. */
function folded(line: string): string {
  const lines: string[] = [];
  let now = "";
  for (const character of line) {
    if (bytes.encode(now + character).byteLength > LINE_BYTES) {
      lines.push(now);
      now = " ";
    }
    now += character;
  }
  return [...lines, now].join("\r\n");
}

/**
 * One meeting as an iCalendar file [RFC 5545]: nothing that somebody said belongs into it. It names no METHOD: each one asks for an
 * ORGANIZER with an address [RFC 5546 §3.2], and a meeting has none. A file fetched again after the meeting was called off has a
 * later SEQUENCE, so that a calendar replaces what it holds.
 *
 * @since 0.1
 */
export const calendarFile = (entry: CalendarEntry, now: Date): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Doorstep//Appointments//ZH",
    "BEGIN:VEVENT",
    `UID:${entry.id}@doorstep`,
    `SEQUENCE:${entry.cancelled ? 1 : 0}`,
    `DTSTAMP:${stamp(now.toISOString())}`,
    `DTSTART:${stamp(entry.startsAt)}`,
    `DTEND:${stamp(entry.endsAt)}`,
    `SUMMARY:${escaped(`${entry.title["zh-CN"]} ${entry.title.en}`)}`,
    `LOCATION:${escaped(entry.place)}`,
    `STATUS:${entry.cancelled ? "CANCELLED" : "CONFIRMED"}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]
    .map(folded)
    .join("\r\n");
