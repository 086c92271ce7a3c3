import type { CalendarDay } from "@doorstep/contracts";
import { shifted } from "./months.ts";

export type DaysProblem =
  | { readonly problem: "badLine" | "otherYear"; readonly line: number; readonly text: string }
  | { readonly problem: "twice"; readonly date: string }
  | { readonly problem: "noDays" };

/** English names of the announced holidays, so that a Chinese list is complete in both languages. */
const english: Readonly<Record<string, string>> = {
  元旦: "New Year",
  春节: "Spring Festival",
  清明节: "Qingming Festival",
  劳动节: "Labour Day",
  端午节: "Dragon Boat Festival",
  中秋节: "Mid-Autumn Festival",
  国庆节: "National Day",
};
const kinds: Readonly<Record<string, CalendarDay["kind"]>> = { 休: "off", 班: "work", off: "off", work: "work" };
const LINE =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s*[~～—至]\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?)?[\s,，;；\t]+(休|班|off|work)[\s,，;；\t]+([^,，;；\t]+?)(?:\s*[,，;；\t]\s*(.+))?$/i;

const date = (y: string, m: string, d: string): string | null => {
  const made = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  const read = new Date(`${made}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === made ? made : null;
};

const MOST_DAYS = 366;

function daysOfLine(line: string): readonly CalendarDay[] | null {
  const [, y = "", m = "", d = "", y2, m2 = "", d2 = "", kind = "", zh = "", en] = LINE.exec(line) ?? [];
  const from = date(y, m, d);
  const to = y2 === undefined ? from : date(y2, m2, d2);
  const is = kinds[kind.toLowerCase()];
  if (!(from && to && is) || to < from) return null;
  const name = { "zh-CN": zh.trim(), en: en?.trim() || (english[zh.trim()] ?? zh.trim()) };
  const days: CalendarDay[] = [];
  for (let day = from; day <= to && days.length <= MOST_DAYS; day = shifted(day, 1))
    days.push({ date: day, kind: is, name });
  return days;
}

/** Lines of an announcement; the first thing that cannot be read is named with its line. */
export function readDays(typed: string, year: number): readonly CalendarDay[] | DaysProblem {
  const days: CalendarDay[] = [];
  for (const [index, raw] of typed.split(/\r?\n/).entries()) {
    const text = raw.trim();
    if (text === "") continue;
    const line = index + 1;
    const read = daysOfLine(text);
    if (!read) return { problem: "badLine", line, text };
    if (read.some((day) => Number(day.date.slice(0, 4)) !== year)) return { problem: "otherYear", line, text };
    days.push(...read);
  }
  const twice = days.find((day, index) => days.findIndex((other) => other.date === day.date) !== index);
  if (twice) return { problem: "twice", date: twice.date };
  return days.length === 0 ? { problem: "noDays" } : days;
}
