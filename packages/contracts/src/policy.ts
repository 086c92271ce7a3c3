import { z } from "zod";
import { calendarDay } from "./calendar.ts";
import { clockCode, clockRef, clockSignal, clockUnit, exclusionReasons, explain, standing } from "./clock.ts";
import { id, instant, localDate, text } from "./ids.ts";
import { unitTightening } from "./policy-pack.ts";
import { bilingual } from "./text.ts";

const count = z.number().int().min(0);
const reason = text(500).min(2);

/** `id@version` of a policy pack. */
export const packRef = z.string().regex(/^[a-z][a-z0-9-]{1,40}@\d{1,4}(\.\d{1,4}){0,2}$/);

export const packSummary = z.object({
  id: z.string(),
  version: z.string(),
  title: bilingual,
  verified: z.boolean(),
  validFrom: localDate,
  note: bilingual.nullable(),
});
export type PackSummary = z.infer<typeof packSummary>;

/** One length that holds for a unit, with where it comes from and what the unit may still do to it. */
export const policyRow = z.object({
  ref: clockRef,
  name: bilingual,
  /** `null`: the act itself brings the date */
  amount: z.number().int().nullable(),
  unit: clockUnit,
  /** the pack's own length, where a unit has made it shorter */
  packAmount: z.number().int().nullable(),
  startedBy: bilingual,
  basis: bilingual,
  standing,
  extensionDays: z.number().int().nullable(),
  pauseAllowed: z.boolean(),
  direction: z.enum(["after", "before"]),
  own: z.enum(["none", "amount", "date"]),
  petitionerRight: z.boolean(),
  signals: z.array(clockSignal),
  onBreach: z.enum(["urge", "alert", "rightEnds", "none"]),
  /** the most the unit may enter; `null` where nothing can be made shorter */
  max: z.number().int().nullable(),
  /** the unit above whose shorter length holds here */
  inherited: z.object({ unit: bilingual, amount: z.number().int(), validFrom: localDate }).nullable(),
  /** what the unit itself has entered last, whether it holds already or not */
  ownAmount: z.number().int().nullable(),
});
export type PolicyRow = z.infer<typeof policyRow>;

/** The periods of a unit as they hold today: its pack, made shorter by the units above and by itself. */
export const policyTable = z.object({
  unit: z.object({ id, name: bilingual }),
  pack: packSummary,
  today: localDate,
  /** of the unit's own numbers; 0: it has none */
  version: count,
  /** from when those numbers hold; `null`: it has none */
  validFrom: localDate.nullable(),
  mayTighten: z.boolean(),
  rows: z.array(policyRow),
});
export type PolicyTable = z.infer<typeof policyTable>;

export const tightenInput = z.object({
  unitId: id,
  version: count,
  validFrom: localDate,
  reason,
  /** all own numbers of the unit: what is left out is taken back */
  numbers: unitTightening,
});

export const tighteningPreview = z.object({
  changes: z.array(
    z.object({ ref: clockRef, name: bilingual, unit: clockUnit, from: z.number().int(), to: z.number().int() }),
  ),
  /** units below whose own numbers have no effect any more */
  overridden: count,
  /** running cases here and below: they keep the periods they were started with */
  running: count,
});

export const policyVersions = z.object({
  own: z.array(
    z.object({
      version: count,
      validFrom: localDate,
      reason: z.string(),
      by: z.string(),
      at: instant,
      numbers: unitTightening,
    }),
  ),
  packs: z.array(packSummary.extend({ current: z.boolean(), running: count })),
});
export type PolicyVersions = z.infer<typeof policyVersions>;

const MOST_PAUSED_MS = 366 * 86_400_000;
const trialSpan = z
  .object({ from: localDate, to: localDate, why: z.enum(exclusionReasons) })
  .refine((s) => s.from <= s.to && Date.parse(s.to) - Date.parse(s.from) <= MOST_PAUSED_MS, { path: ["to"] });
const trialLine = z.object({
  ref: clockRef,
  startOn: localDate,
  extensionDays: z.number().int().min(0).max(365).default(0),
  excluded: z.array(trialSpan).max(10).default([]),
  /** the act's own length, where the rule takes one */
  ownAmount: z.number().int().min(1).max(3_650).optional(),
  ownDate: localDate.optional(),
});
/** Tries due dates out: nothing is started. */
export const trialInput = z.object({ unitId: id, lines: z.array(trialLine).min(1).max(12) });

export const trialResult = z.object({
  lines: z.array(
    z.object({
      ref: clockRef,
      name: bilingual,
      explain,
      sentence: bilingual,
      signals: z.array(z.object({ signal: clockSignal, on: localDate })),
    }),
  ),
  /** days between the first start and the last due date that differ from the plain week */
  days: z.array(calendarDay),
});
export type TrialResult = z.infer<typeof trialResult>;

/** What moving the running cases of a unit and those below to another version would do. Accusations stay with theirs. */
export const movePreview = z.object({
  cases: count,
  clocks: z.array(
    z.object({
      code: clockCode,
      name: bilingual,
      from: localDate,
      to: localDate,
      count,
      /** the former date stands: a right would have become shorter, or the new end has passed already */
      kept: z.boolean(),
    }),
  ),
  /** further lines that are not shown */
  more: count,
  /** clocks whose new end has passed already; they keep their date unless it is said that they are owed at once */
  past: count,
});
export type MovePreview = z.infer<typeof movePreview>;

export const movePackInput = z.object({
  unitId: id,
  to: packRef,
  reason,
  /** cases of the preview: another number means that it has to be looked at again */
  cases: count,
  /** periods that by the new version have ended already are owed at once */
  mayEndPast: z.boolean(),
});
/** One portion; sent again with `cases` = `left` until nothing is left. */
export const moveResult = z.object({ moved: count, left: count, refused: count });

export const calendarYear = z.number().int().min(1990).max(2200);

export const calendarSummary = z.object({
  id: z.string(),
  region: z.string(),
  title: bilingual,
  officialFrom: localDate,
  officialUntil: localDate,
  endsSoon: z.boolean(),
  newest: z.boolean(),
});
export type CalendarSummary = z.infer<typeof calendarSummary>;

/** A year of a unit's calendar: the announced days, with what units have added. */
export const calendarView = z.object({
  unit: z.object({ id, name: bilingual }),
  region: z.string(),
  /** the version that a clock started now would name */
  calendar: z.string(),
  year: calendarYear,
  officialFrom: localDate,
  officialUntil: localDate,
  endsSoon: z.boolean(),
  sources: z.array(bilingual),
  /** of the unit's own days; 0: it has none */
  version: count,
  mayEdit: z.boolean(),
  mayAddOff: z.boolean(),
  mayAnnounce: z.boolean(),
  days: z.array(calendarDay.extend({ from: z.enum(["announced", "above", "own"]) })),
});
export type CalendarView = z.infer<typeof calendarView>;

const ownDay = z.object({ date: localDate, kind: z.enum(["off", "work", "announced"]), name: bilingual });
export const editCalendarInput = z.object({
  unitId: id,
  version: count,
  year: calendarYear,
  reason,
  /** days that change; `announced` takes the unit's own back */
  days: z.array(ownDay).min(1).max(366),
});

export const announceInput = z.object({
  /** where the calendar's region is taken from */
  unitId: id,
  year: calendarYear,
  days: z.array(calendarDay).min(1).max(366),
  /** the announcement, as people find it */
  source: bilingual,
});
export const announced = z.object({
  calendar: z.string(),
  officialUntil: localDate,
  /** clocks whose date was provisional and is counted anew */
  recounted: count,
});
