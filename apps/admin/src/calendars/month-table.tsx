import type { ReactNode } from "react";
import { useLanguage, useText } from "../app/i18n.ts";
import { monthName } from "./month-name.ts";
import type { Month } from "./months.ts";

/** One month, weeks from Monday; what stands in a day is the caller's. */
export function MonthTable(props: { readonly month: Month; readonly day: (date: string) => ReactNode }) {
  const text = useText();
  const language = useLanguage();
  return (
    <table className="ad-month">
      <caption>{monthName(props.month.key, language)}</caption>
      <thead>
        <tr>
          {text("calendars.weekdays")
            .split(" ")
            .map((day) => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
        </tr>
      </thead>
      <tbody>
        {props.month.weeks.map((week, n) => (
          <tr key={n}>
            {week.map((date, d) => (
              <td key={date ?? d}>{date && props.day(date)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
