import type { TrialResult } from "@doorstep/contracts";
import { useText } from "../app/i18n.ts";
import { MonthTable } from "../calendars/month-table.tsx";
import { isWeekend, monthsBetween } from "../calendars/months.ts";

const MOST_MONTHS = 14;

interface TrialCalendarProps {
  readonly starts: readonly string[];
  readonly ends: readonly string[];
  readonly days: TrialResult["days"];
}

/** The months between start and end: days off, make-up working days, starts and ends are told by words, not by colour alone. */
export function TrialCalendar(props: TrialCalendarProps) {
  const text = useText();
  const marked = new Map(props.days.map((day) => [day.date, day.kind]));
  const from = props.starts.toSorted()[0] ?? "";
  const to = props.ends.toSorted().at(-1) ?? "";
  const wordsOf = (date: string): string[] => {
    const kind = marked.get(date);
    return [
      ...(props.starts.includes(date) ? [text("policies.legendStart")] : []),
      ...(props.ends.includes(date) ? [text("policies.legendDue")] : []),
      ...(kind === "off" ? [text("policies.legendOff")] : []),
      ...(kind === "work" ? [text("policies.legendWork")] : []),
    ];
  };
  const toneOf = (date: string): string => {
    if (props.ends.includes(date)) return "ad-day ad-day-due";
    if (props.starts.includes(date)) return "ad-day ad-day-start";
    const off = marked.get(date) === "off" || (isWeekend(date) && marked.get(date) !== "work");
    return off ? "ad-day ad-day-off" : "ad-day";
  };
  return (
    <div className="ad-months">
      {monthsBetween(from, to, MOST_MONTHS).map((month) => (
        <MonthTable
          key={month.key}
          month={month}
          day={(date) => (
            <span className={toneOf(date)}>
              {Number(date.slice(8))}
              {wordsOf(date).map((word) => (
                <small key={word}>{word}</small>
              ))}
            </span>
          )}
        />
      ))}
    </div>
  );
}
