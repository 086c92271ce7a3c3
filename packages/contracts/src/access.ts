import { z } from "zod";
import { id, instant, text } from "./ids.ts";
import { bilingual } from "./text.ts";

/** The longest a case can be opened for, whatever is set. */
export const MOST_ACCESS_HOURS = 72;
const hours = z.number().int().min(1).max(MOST_ACCESS_HOURS);

/** Opens a case that the asker does not see: by its number, as he typed it. */
export const askAccessInput = z.object({
  /** any number is taken: the answer does not tell whether it stands for a case */
  caseNo: text(20, 4),
  reason: text(500, 10),
  /** fewer than the most that is set */
  hours: hours.optional(),
});

export const accessStates = ["waiting", "granted", "notGranted", "over"] as const;
export type AccessState = (typeof accessStates)[number];

/** What somebody asked for himself. */
export const ownAccess = z.object({
  id,
  caseNo: z.string(),
  askedAt: instant,
  state: z.enum(accessStates),
  until: instant.nullable(),
});
export type OwnAccess = z.infer<typeof ownAccess>;

/** A request that waits for the second person. */
export const waitingAccess = z.object({
  id,
  person: z.string(),
  unit: bilingual,
  caseNo: z.string(),
  reason: z.string(),
  hours,
  askedAt: instant,
  /** whether the number stands for a case that may be opened to this person */
  found: z.boolean(),
});
export type WaitingAccess = z.infer<typeof waitingAccess>;

export const decideAccessInput = z.object({
  id,
  confirm: z.boolean(),
  /** an investigation would be harmed: the petitioner is told when it is over */
  tellAfter: z.boolean().default(false),
});

export const accessSettings = z.object({ hours });

/** As the petitioner reads it: that, when and why his case was opened to somebody outside its circle. */
export const shownAccess = z.object({ at: instant, until: instant, unit: bilingual, reason: z.string() });
