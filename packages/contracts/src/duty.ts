import { z } from "zod";
import { caseNo, id, idempotencyKey, instant, localDate, text, version } from "./ids.ts";
import { bilingual } from "./text.ts";

/** Whom the person on duty has reached in an urgent matter. */
export const dutyReached = ["petitioner", "unitLeader", "nextLevel", "medical", "police", "helper"] as const;
export type DutyReached = (typeof dutyReached)[number];

/** Wall time at the unit, as a form gives it: `2026-03-02T08:00`. */
const localTime = z.iso.datetime({ local: true, precision: -1 }).refine((s) => !s.endsWith("Z"));

export const dutyRosterInput = z.object({ unitId: id, from: localDate, days: z.number().int().min(1).max(62) });

const span = z.object({ from: instant, until: instant });
const person = z.object({ id, name: z.string() });
/** Who is on duty at a unit in a span of days, and who stands in where nobody is named. */
export const dutyRoster = z.object({
  timeZone: z.string(),
  shifts: z.array(span.extend({ id, person })),
  /** nobody is named */
  gaps: z.array(span),
  /** who is paged in a gap: the petition office first, then the leaders, then the next level */
  fallback: z.array(person),
  /** who can be put on the roster: sees the petitions of the unit */
  candidates: z.array(person),
  manageable: z.boolean(),
});
export type DutyRoster = z.infer<typeof dutyRoster>;

/** `replaces`: the shift that this one stands for from now on. */
export const saveShiftInput = z.object({
  unitId: id,
  personId: id,
  from: localTime,
  until: localTime,
  replaces: id.optional(),
});
export const endShiftInput = z.object({ unitId: id, shiftId: id });

/** A petition in which somebody is in danger, as whoever may take it sees it: no title, no text, no name. */
export const dutyPage = z.object({
  caseId: id,
  caseNo,
  unit: bilingual,
  raisedAt: instant,
  /** until then by phone, until then in writing; `null` where the time no longer runs */
  phoneBy: instant.nullable(),
  writtenBy: instant.nullable(),
  /** the reader was paged himself */
  pagedMe: z.boolean(),
  takenBy: z.string().nullable(),
  takenAt: instant.nullable(),
  phonedAt: instant.nullable(),
  reportedAt: instant.nullable(),
  reached: z.array(z.enum(dutyReached)),
  report: z.string().nullable(),
  /** the reader may take it, tell of it and report */
  mayAct: z.boolean(),
});
export type DutyPage = z.infer<typeof dutyPage>;

const onPage = { caseId: id, key: idempotencyKey };
const reached = z.array(z.enum(dutyReached)).min(1).max(dutyReached.length);
export const takeDutyInput = z.object(onPage);
export const phonedInput = z.object({ ...onPage, reached });
export const dutyReportInput = z.object({ ...onPage, reached, text: text(4_000, 5) });
/** Somebody at the desk sees the danger that the petitioner did not name. */
export const flagUrgentInput = z.object({ caseId: id, version, key: idempotencyKey, reason: text(500) });
