import { z } from "zod";
import { id, idempotencyKey, instant, localDate, text, version } from "./ids.ts";
import { ownCase } from "./intake.ts";
import { protectionMeasures } from "./names.ts";
import { bilingual } from "./text.ts";

/** What counts as being treated worse for a petition [SPEC §12.4]. */
export const retaliationActs = [
  "threat",
  "worseAppraisal",
  "blocked",
  "changedDuties",
  "isolation",
  "pretext",
  "forcedWithdrawal",
  "pressureOnFamily",
  "huntForAuthor",
  "retaliatoryInquiry",
  "superiorIgnores",
] as const;
export type RetaliationAct = (typeof retaliationActs)[number];

export const retaliationOutcomes = ["found", "partly", "notFound"] as const;

const report = {
  key: idempotencyKey,
  acts: z.array(z.enum(retaliationActs)).min(1).max(retaliationActs.length),
  text: text(8_000, 5),
};
/** By the petitioner, with the same code or account. */
export const reportRetaliationInput = z.object({ ...ownCase, ...report, fileIds: z.array(id).max(10).default([]) });
/** By a clerk, a mediator or a witness at the desk. */
export const reportForInput = z.object({ caseId: id, ...report, unitId: id.optional() });

const onCase = { caseId: id, version, key: idempotencyKey };
export const acknowledgeReportInput = z.object(onCase);
export const protectInput = z.object({
  ...onCase,
  /** none: the reason says why */
  measures: z.array(z.enum(protectionMeasures)).max(protectionMeasures.length),
  text: text(2_000, 5),
  from: localDate,
  till: localDate.nullable().default(null),
  contact: text(200),
});
export const askExplanationInput = z.object({ ...onCase, question: text(1_000, 5), dueOn: localDate });
export const concludeReportInput = z.object({
  ...onCase,
  outcome: z.enum(retaliationOutcomes),
  text: text(4_000, 5),
});
/** "Have you been treated worse?": voluntary, by code, 30, 90 and 180 days after the end. */
export const answerCheckInInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  worse: z.enum(["no", "yes", "notSaying"]),
  text: text(4_000, 0).default(""),
});

/** What a unit is asked: all that it learns. */
export const askedExplanation = z.object({
  id,
  unit: bilingual,
  askedBy: bilingual,
  question: z.string(),
  askedAt: instant,
  dueOn: localDate,
});
export const explainInput = z.object({ id, key: idempotencyKey, answer: text(8_000, 5) });

/** A matter and the reports that belong to it, as the petitioner moves between them. */
export const linkedReport = z.object({
  caseId: id,
  kind: z.enum(["report", "origin"]),
  at: instant,
});

/** How many reports there are about a unit, for whoever may open each of them: nobody else learns of a number [SPEC §12.4, §13 I23]. */
export const retaliationSignal = z.object({
  unit: bilingual,
  reports: z.int(),
  /** not concluded yet */
  open: z.int(),
  /** found to be true, wholly or in part */
  found: z.int(),
});
