/** Formats of dates and times every workbook knows by number (ECMA-376 part 1, 18.8.30, with those of East Asia). */
const isKnownDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a number in this format is shown as a date or time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isKnownDate(id);
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, "").replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  // "General" holds an e and an a, but none of these.
  return /[ymdhs年月日时分秒]/i.test(bare.replaceAll(/general/gi, ""));
}

const two = (n: number): string => String(n).padStart(2, "0");
const DAY = 86_400_000;
/** Days from 1899-12-30 and from 1904-01-01 to 1970-01-01. */
const EPOCH = 25_569;
const EPOCH_1904 = 24_107;
const LAST = 2_958_466;

/** A spreadsheet's date has no time zone: its parts are those on the sheet. A time alone comes without a day. */
export function sheetDate(serial: number, since1904: boolean): string {
  if (!(serial >= 0 && serial < LAST)) return String(serial);
  // The first sheets held 1900 for a leap year; days before its 29th of February are one off.
  const days = !since1904 && serial < 60 && serial >= 1 ? serial + 1 : serial;
  const date = new Date(Math.round(((days - (since1904 ? EPOCH_1904 : EPOCH)) * DAY) / 1_000) * 1_000);
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  if (serial > 0 && serial < 1) return time;
  return time === "00:00:00" ? day : `${day} ${time}`;
}
