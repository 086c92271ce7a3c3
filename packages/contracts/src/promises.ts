import { z } from "zod";
import { id, idempotencyKey, instant, localDate, text, version } from "./ids.ts";
import { ownCase } from "./intake.ts";

/** open -> reported by the unit -> done, confirmed; a quashed or withdrawn matter releases it. */
export const promiseStates = ["open", "reported", "done", "released"] as const;
export type PromiseState = (typeof promiseStates)[number];

const onCase = { caseId: id, version, key: idempotencyKey };
const onePromise = { ...onCase, commitmentId: id };

/** Who answers for it: a post or an office of the unit; by when. */
export const promiseTerms = z.object({ owner: text(80), dueOn: localDate });

/** T18. Something the unit will do, in words the petitioner can check. */
export const promiseInput = z.object({
  ...onCase,
  demandId: id.nullable().default(null),
  text: text(2_000),
  owner: text(80),
  dueOn: localDate,
});
/** The unit says it is done, and how that can be seen. */
export const reportDoneInput = z.object({ ...onePromise, evidence: text(2_000) });
/** T19 without the petitioner: another officer than the one who reported it says why it counts as done. */
export const confirmForInput = z.object({ ...onePromise, reason: text(1_000, 5) });
/** A later date, once, and only if the petitioner agrees. */
export const askNewDateInput = z.object({ ...onePromise, dueOn: localDate, reason: text(1_000) });
/** T19. The petitioner signs off on his own page, or says what is missing. */
export const signOffInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  commitmentId: id,
  done: z.boolean(),
  text: text(2_000, 0).default(""),
});
export const answerNewDateInput = z.object({ ...ownCase, key: idempotencyKey, commitmentId: id, agree: z.boolean() });

/** A promise as both sides see it. */
export const promiseView = z.object({
  id,
  demandNo: z.number().int().nullable(),
  text: z.string(),
  owner: z.string(),
  dueOn: localDate,
  state: z.enum(promiseStates),
  late: z.boolean(),
  madeAt: instant,
  evidence: z.string().nullable(),
  /** the petitioner's words why it is not done yet */
  missing: z.string().nullable(),
  asked: z.object({ dueOn: localDate, because: z.string() }).nullable(),
  dateChanged: z.boolean(),
  confirmedBy: z.enum(["petitioner", "officer"]).nullable(),
  reason: z.string().nullable(),
  doneAt: instant.nullable(),
});
export type PromiseView = z.infer<typeof promiseView>;

/** T26. His own wish in his own words: nobody asked him to, and he knows that nothing is lost for three days. */
export const askWithdrawalInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  text: text(2_000, 5),
  freeWill: z.literal(true),
});
export const ownActInput = z.object({ ...ownCase, key: idempotencyKey });
/** Somebody's safety, or serious misconduct: the unit goes on by itself although it was asked not to. */
export const exOfficioGrounds = ["safety", "misconduct"] as const;
export const goOnInput = z.object({ ...onCase, ground: z.enum(exOfficioGrounds), reason: text(2_000, 5) });

/** From the simple to the ordinary track: once, with the reason the petitioner reads; K4 runs from the acceptance. */
export const switchTrackInput = z.object({ ...onCase, reason: text(1_000, 5) });
