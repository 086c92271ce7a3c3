import { z } from "zod";
import { clockCode, clockRef, clockRole, clockSignal, clockUnit, standing } from "./clock.ts";
import { localDate } from "./ids.ts";
import { tracks } from "./names.ts";
import { bilingual } from "./text.ts";

/** Longest period a rule may name: days, working days or hours. */
const amount = z.number().int().min(0).max(3_650);

/** One clock of a pack: a number with where it comes from. A number without a source is refused. */
export const clockRule = z.object({
  /** `null`: the act itself brings the date (a commitment). */
  amount: amount.nullable(),
  unit: clockUnit,
  /** Key of the source, e.g. `R22:34` or `DC`. */
  source: z.string().min(1).max(60),
  /** The same as people read it. */
  basis: bilingual,
  standing,
  /** The event the period runs from. */
  startedBy: bilingual,
  /** Further dates of the same clock, e.g. the three check-ins of K32; asked for as `K32.second`. */
  parts: z.record(z.string(), z.object({ amount, unit: clockUnit, startedBy: bilingual.optional() })).optional(),
  /** `before`: at least this long before the event (hearing, reception day). */
  direction: z.enum(["after", "before"]).default("after"),
  /** `amount`: the act may bring its own length (the period in an assignment letter); `date`: it must bring a date. */
  own: z.enum(["none", "amount", "date"]).default("none"),
  /** Days of one single extension, `null` where the rule knows none. */
  extensionDays: z.number().int().min(1).max(365).nullable(),
  /** Days may be excluded (hearing). */
  pauseAllowed: z.boolean(),
  signals: z.array(clockSignal),
  onBreach: z.enum(["urge", "alert", "rightEnds", "none"]),
  /** The petitioner's own time: neither a unit nor a newer calendar may make it shorter. */
  petitionerRight: z.boolean(),
  /** `atMost`: a unit may shorten its own duty; `fixed`: nobody may. */
  tighten: z.enum(["atMost", "fixed"]),
});
export type ClockRule = z.infer<typeof clockRule>;
export type ClockRuleInput = z.input<typeof clockRule>;

const byTrack = z.partialRecord(z.enum([...tracks, "default"]), clockRef.nullable());

/** Names the clock for a role, the same for all tracks or by track; `default` stands for tracks not named, `null` for no clock. */
export const roleMap = z.partialRecord(clockRole, z.union([clockRef, z.null(), byTrack]));
export type RoleMap = z.infer<typeof roleMap>;

/**
 * The numbers of one body of rules, versioned. A case pins the version it was opened under; a pack that inherits
 * holds only what differs.
 */
export const policyPack = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  version: z.string().regex(/^\d{1,4}(\.\d{1,4}){0,2}$/),
  /** Pack and version (`cn-civil-2022@1.0`) whose numbers hold where this one states none; pinned, so that no case's numbers move. */
  inherits: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,40}@\d{1,4}(\.\d{1,4}){0,2}$/)
    .optional(),
  title: bilingual,
  /** First local date on which new cases are opened under it. */
  validFrom: localDate,
  /** Whether every statutory number was checked against the text of the rule. */
  verified: z.boolean(),
  /** What screens say about an unverified pack, or about the gaps of a verified one. */
  note: bilingual.optional(),
  /** Times a case may be passed on before the common superior decides. */
  maxHops: z.number().int().min(1).max(10).optional(),
  /** Longest single extension of handling, in days. */
  extensionDays: z.number().int().min(0).max(365).optional(),
  /** Most representatives of a joint petition by visit. */
  maxRepresentatives: z.number().int().min(1).max(100).optional(),
  clocks: z.partialRecord(clockCode, clockRule),
  roleMap,
});
export type PolicyPack = z.infer<typeof policyPack>;
export type PolicyPackInput = z.input<typeof policyPack>;

/** A unit's own, shorter lengths by clock (`K4`) or part (`K24.findings`). Longer ones have no effect. */
export const unitTightening = z.record(clockRef, z.number().int().min(1).max(3_650));
export type UnitTightening = z.infer<typeof unitTightening>;
