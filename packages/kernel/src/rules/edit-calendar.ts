import { type announceInput, type Calendar, DoorstepError, type editCalendarInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Change } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { lockLivingUnit } from "../units/lock-units.ts";
import { announcedIn, ownCalendars } from "./calendar-year.ts";
import type { UnitInView } from "./unit-in-view.ts";

/** Saves and announcements draw their numbers one after the other. */
const CALENDAR_LOCK = 7_301_018;
const lockCalendars = (change: Change): Promise<unknown> =>
  change.client.query("select pg_advisory_xact_lock($1)", [CALENDAR_LOCK]);

function assertInYear(days: readonly { readonly date: string }[], year: number): void {
  const other = days.find((d) => Number(d.date.slice(0, 4)) !== year);
  if (other) throw new DoorstepError("calendar.otherYear", { date: other.date, year });
}

/**
 * Saves days of the unit's own as a new version. A unit below the topmost one may only add working days: a day off
 * would move dates back.
 *
 * @throws DoorstepError `calendar.otherYear`, `calendar.looser`, `calendar.stale`
 */
export async function editCalendar(
  change: Change,
  { unit }: UnitInView,
  i: z.output<typeof editCalendarInput>,
  personId: string,
): Promise<void> {
  await lockLivingUnit(change, unit.id);
  await lockCalendars(change);
  const [before] = await ownCalendars(change.client, [unit.id]);
  if ((before?.version ?? 0) !== i.version) throw new DoorstepError("calendar.stale");
  assertInYear(i.days, i.year);
  if (unit.parentId !== null && i.days.some((d) => d.kind === "off")) throw new DoorstepError("calendar.looser");
  const days = new Map((before?.days ?? []).map((d) => [d.date, d]));
  for (const { date, kind, name } of i.days)
    if (kind === "announced") days.delete(date);
    else days.set(date, { date, kind, name });
  const own = [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const { rows } = await change.client.query<{ revision: number }>(
    `insert into kernel.calendar_edits (revision, unit_id, version, days, reason, saved_by, at)
     select coalesce(max(revision), 0) + 1, $1, $2, $3, $4, $5, $6 from kernel.calendar_edits returning revision`,
    [unit.id, i.version + 1, JSON.stringify(own), i.reason, personId, change.at],
  );
  await recordFact(change.client, {
    stream: unit.id,
    at: change.at,
    type: "calendar.changed",
    actor: change.by,
    facts: {
      act: "ownDays",
      version: i.version + 1,
      revision: rows[0]?.revision ?? 0,
      year: i.year,
      off: own.filter((d) => d.kind === "off").length,
      work: own.filter((d) => d.kind === "work").length,
    },
  });
}

/**
 * Brings in the holidays of the year after the last known one. It makes a new version that holds all known years; the
 * one before stays, as clocks name it.
 *
 * @throws DoorstepError `calendar.otherYear`, `calendar.announced`, `calendar.gap`, `input.invalid`
 */
export async function announceYear(
  change: Change,
  k: Kernel,
  { unit }: UnitInView,
  i: z.output<typeof announceInput>,
): Promise<Calendar> {
  assertInYear(i.days, i.year);
  await lockCalendars(change);
  await k.rules.refresh(-1);
  const known = announcedIn(k, unit.calendarRegion);
  const last = Number(known.officialUntil.slice(0, 4));
  if (i.year <= last) throw new DoorstepError("calendar.announced", { year: i.year });
  if (i.year > last + 1) throw new DoorstepError("calendar.gap", { year: last + 1 });
  if (new Set(i.days.map((d) => d.date)).size !== i.days.length) throw new DoorstepError("input.invalid");
  const calendar: Calendar = {
    ...known,
    // a version of its own name: one that a module brings later is another
    id: `${known.region}-own-${i.year}.1`,
    officialUntil: `${i.year}-12-31`,
    sources: [...known.sources, i.source],
    days: [...known.days, ...i.days].toSorted((a, b) => (a.date < b.date ? -1 : 1)),
  };
  await change.client.query(
    "insert into kernel.calendars (id, region, official_until, body, installed_at) values ($1, $2, $3, $4, $5)",
    [calendar.id, calendar.region, calendar.officialUntil, JSON.stringify(calendar), change.at],
  );
  await recordFact(change.client, {
    stream: unit.path.at(-1) ?? unit.id,
    at: change.at,
    type: "calendar.changed",
    actor: change.by,
    facts: { act: "announced", calendar: calendar.id, year: i.year, days: i.days.length },
  });
  return calendar;
}
