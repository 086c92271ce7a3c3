import { z } from "zod";
import { id, instant, localDate, text } from "./ids.ts";
import { bilingual } from "./text.ts";

/**
 * What goes in rounds that an administrator approves: the file of a case with its letters, who its petitioner is, why an
 * identity was opened, and letters between units that belong to no case.
 */
export const retentionRounds = ["caseFile", "identity", "openings", "unitLetters"] as const;
export type RetentionRound = (typeof retentionRounds)[number];

/** What is kept for a time of its own. Records of a discipline organ are let go by the organ itself, and counted by nobody. */
export const retentionClasses = [...retentionRounds, "organRecords"] as const;
export type RetentionClass = (typeof retentionClasses)[number];

interface Term {
  /** months after archiving; for openings after the opening itself, for letters after they were signed, for an organ's records after their last version */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

/**
 * SPEC §8: a file 10 years and only longer, the link to the person 2 years and only shorter, the record of accesses 10
 * years and only longer. Letters between units and records of organs as long as a file.
 */
export const retentionTerms: Readonly<Record<RetentionClass, Term>> = {
  caseFile: { usual: 120, least: 120, most: 1_200 },
  identity: { usual: 24, least: 6, most: 24 },
  openings: { usual: 120, least: 120, most: 1_200 },
  unitLetters: { usual: 120, least: 120, most: 1_200 },
  organRecords: { usual: 120, least: 120, most: 1_200 },
};

export const retentionRule = z.object({
  class: z.enum(retentionClasses),
  /** for this unit and all below it; null: the platform's own */
  unit: z.object({ id, name: bilingual }).nullable(),
  months: z.number().int(),
});

export const setRetentionInput = z.object({
  class: z.enum(retentionClasses),
  unitId: id.nullable(),
  months: z.number().int().min(1).max(1_200),
  reason: text(300, 2),
});

export const retentionRunStates = ["waiting", "approved", "done", "declined"] as const;

/** What a round found due, who approved it, and what was destroyed: figures, never which. */
export const retentionRun = z.object({
  id,
  class: z.enum(retentionRounds),
  state: z.enum(retentionRunStates),
  foundAt: instant,
  /** the oldest day from which the time was counted */
  oldest: localDate.nullable(),
  due: z.number().int(),
  held: z.number().int(),
  months: z.number().int(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string(),
  finishedAt: instant.nullable(),
  destroyed: z.number().int(),
});

export const retentionState = z.object({
  rules: z.array(retentionRule),
  classes: z.array(
    z.object({
      class: z.enum(retentionRounds),
      /** as of now, before anything is done */
      due: z.number().int(),
      held: z.number().int(),
      oldest: localDate.nullable(),
      /** later rounds go by themselves under this approval, until a rule changes */
      approvedBy: z.string().nullable(),
      approvedAt: instant.nullable(),
    }),
  ),
  runs: z.array(retentionRun),
});

export const decideRetentionInput = z.object({ runId: id, approve: z.boolean(), reason: text(300, 2) });

/** What one discipline organ may let go, for its members: by day alone, never how much there is. */
export const organTerm = z.object({
  organ: z.object({ id, name: bilingual }),
  months: z.number().int(),
  /** what was last changed before this instant is over its time */
  before: instant,
  /** a member asked that it be destroyed; another one confirms */
  asked: z.object({ askingId: id, by: z.string(), own: z.boolean(), at: instant, before: instant }).nullable(),
  /** newest first */
  done: z.array(z.object({ at: instant, before: instant, askedBy: z.string(), confirmedBy: z.string() })),
});
export type OrganTerm = z.infer<typeof organTerm>;

/** `askingId` comes from outside, so that a second press asks nothing new. */
export const organTermInput = z.object({ organId: id, askingId: id });
