import type { CalendarView } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { type KeyboardEvent, useRef, useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { MonthTable } from "./month-table.tsx";
import { monthsOfYear, shifted } from "./months.ts";
import { type Kind, mayToggle, savedKind, toggled } from "./year-days.ts";

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

interface YearGridProps {
  readonly view: CalendarView;
  readonly changes: ReadonlyMap<string, Kind>;
  readonly onChange: (changes: ReadonlyMap<string, Kind>) => void;
}

/** Twelve months of buttons: one stop of the tab key, arrows between days, a press or the space bar turns a day over. */
export function YearGrid(props: YearGridProps) {
  const { view, changes } = props;
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(`${view.year}-01-01`);
  const days = new Map(view.days.map((day) => [day.date, day]));
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = shifted(at, step);
    if (!next.startsWith(`${view.year}-`)) return;
    setAt(next);
    box.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside
    <div ref={box} className="ad-months" onKeyDown={move}>
      {monthsOfYear(view.year).map((month) => (
        <MonthTable
          key={month.key}
          month={month}
          day={(date) => (
            <DayButton
              date={date}
              day={days.get(date)}
              kind={changes.get(date) ?? savedKind(days, date)}
              pending={changes.has(date)}
              view={view}
              stop={date === at}
              onFocus={() => setAt(date)}
              onPress={() => props.onChange(toggled(days, changes, date))}
            />
          )}
        />
      ))}
    </div>
  );
}

interface DayButtonProps {
  readonly date: string;
  readonly day: CalendarView["days"][number] | undefined;
  readonly kind: Kind;
  readonly pending: boolean;
  readonly view: CalendarView;
  readonly stop: boolean;
  readonly onFocus: () => void;
  readonly onPress: () => void;
}

function DayButton(props: DayButtonProps) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { date, day, kind, pending } = props;
  const note = pending
    ? text("calendars.pendingNote")
    : day
      ? text(`calendars.from.${day.from}`, { name: name(day.name) })
      : "";
  const marked = day !== undefined || pending;
  const label = text("calendars.day", {
    date: formatDate(date, language),
    state: text(kind === "off" ? "calendars.stateOff" : "calendars.stateWork"),
    note,
  });
  const allowed = mayToggle(props.view, day, kind, pending);
  return (
    <button
      type="button"
      data-date={date}
      className={`ad-day ${kind === "off" ? "ad-day-off" : ""} ${pending ? "ad-day-pending" : ""}`}
      data-mark={marked ? text(kind === "off" ? "calendars.off" : "calendars.work") : undefined}
      aria-label={label}
      aria-disabled={!allowed || undefined}
      tabIndex={props.stop ? 0 : -1}
      onFocus={props.onFocus}
      onClick={() => allowed && props.onPress()}
    >
      {Number(date.slice(8))}
    </button>
  );
}
