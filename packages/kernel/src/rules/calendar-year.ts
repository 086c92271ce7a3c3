import type { CalendarDay, CalendarView } from "@doorstep/contracts";
import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { mayAnywhere } from "../actor.ts";
import { holdsAt } from "../actor-scope.ts";
import { calendarEndsSoon } from "../calendars/work-calendar.ts";
import type { Kernel } from "../kernel.ts";
import type { Reader } from "../units/unit-path.ts";
import type { UnitInView } from "./unit-in-view.ts";

/** The newest own days of a unit. */
export interface OwnCalendar {
  readonly unitId: string;
  readonly version: number;
  readonly days: readonly CalendarDay[];
}

export async function ownCalendars(reader: Reader, unitIds: readonly string[]): Promise<readonly OwnCalendar[]> {
  const { rows } = await reader.query<OwnCalendar>(
    `select distinct on (unit_id) unit_id as "unitId", version, days from kernel.calendar_edits
      where unit_id = any($1::uuid[]) order by unit_id, version desc`,
    [unitIds],
  );
  return rows;
}

/** @throws DoorstepError `calendar.unknown` */
export function announcedIn(k: Pick<Kernel, "rules">, region: string) {
  try {
    return k.rules.announced(region);
  } catch {
    throw new DoorstepError("calendar.unknown");
  }
}

/** A year as the unit counts it: announced days, those of the units above, its own. */
export async function calendarYearOf(
  k: Kernel,
  actor: Actor,
  { unit, today }: UnitInView,
  year: number,
): Promise<CalendarView> {
  const announced = announcedIn(k, unit.calendarRegion);
  const saved = await ownCalendars(k.pool, unit.path);
  const days = new Map<string, CalendarView["days"][number]>();
  const put = (of: readonly CalendarDay[], from: CalendarView["days"][number]["from"]): void => {
    for (const day of of) if (day.date.startsWith(`${year}-`)) days.set(day.date, { ...day, from });
  };
  put(announced.days, "announced");
  for (const unitId of unit.path.toReversed())
    put(saved.find((s) => s.unitId === unitId)?.days ?? [], unitId === unit.id ? "own" : "above");
  const mayEdit = holdsAt(actor, "policy.manage", unit.path);
  return {
    unit: { id: unit.id, name: unit.name },
    region: unit.calendarRegion,
    calendar: k.rules.newestCalendar(unit.calendarRegion, unit.path).id,
    year,
    officialFrom: announced.officialFrom,
    officialUntil: announced.officialUntil,
    endsSoon: calendarEndsSoon(announced, today),
    sources: announced.sources,
    version: saved.find((s) => s.unitId === unit.id)?.version ?? 0,
    mayEdit,
    mayAddOff: mayEdit && unit.parentId === null,
    mayAnnounce: mayAnywhere(actor, "platform.manage"),
    days: [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1)),
  };
}
