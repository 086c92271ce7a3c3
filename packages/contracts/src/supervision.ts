import { z } from "zod";
import { caseNo, id, idempotencyKey, instant, localDate, pageInput, text } from "./ids.ts";
import { bilingual } from "./text.ts";
import { unitSummary } from "./units.ts";

const unit = unitSummary.pick({ id: true, name: true });

/** `toMe`: one's own unit is late and has to answer; `byMe`: one's own unit urges those below. */
export const supervisionSides = ["toMe", "byMe"] as const;
export const supervisionListInput = z.object({
  side: z.enum(supervisionSides),
  closed: z.boolean().default(false),
  ...pageInput,
});

/** A missed period, urged by the unit above [R22:40]; it cannot be deleted. */
export const supervisionItem = z.object({
  itemId: id,
  caseId: id,
  caseNo,
  kind: z.enum(["urge", "alert"]),
  code: z.string(),
  period: bilingual,
  step: z.number().int(),
  byUnit: unit.nullable(),
  toUnit: unit,
  forLeader: z.boolean(),
  lateSince: localDate,
  openedAt: instant,
  /** the letter is to be answered by */
  dueOn: localDate.nullable(),
  noticeId: id.nullable(),
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
  result: z.string().nullable(),
  closedAt: instant.nullable(),
  mayAnswer: z.boolean(),
  mayClose: z.boolean(),
});
export type SupervisionItem = z.infer<typeof supervisionItem>;

export const supervisionCount = z.object({
  toAnswer: z.number().int().min(0).max(100),
  toExplain: z.number().int().min(0).max(100),
});

export const answerSupervisionInput = z.object({ itemId: id, key: idempotencyKey, answer: text(5_000, 10) });
export const closeSupervisionInput = z.object({ itemId: id, key: idempotencyKey, result: text(2_000) });

/** One run of the nightly proof: how many cases it looked at, and by check how many it found stuck. */
export const proofRun = z.object({
  proofId: id,
  startedAt: instant,
  finishedAt: instant.nullable(),
  cases: z.number().int(),
  durationMs: z.number().int().nullable(),
  counts: z.array(z.object({ check: z.string(), name: bilingual, invariant: z.string(), found: z.number().int() })),
});
export type ProofRun = z.infer<typeof proofRun>;
export const proofListInput = z.object({ mended: z.boolean().default(false), ...pageInput });
/** Something stuck in a case that the reader sees: since when, and since when no longer. */
export const proofItem = z.object({
  check: z.string(),
  name: bilingual,
  caseNo,
  unit,
  foundAt: instant,
  seenAt: instant,
  mendedAt: instant.nullable(),
});
