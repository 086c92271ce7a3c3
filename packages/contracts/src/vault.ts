import { z } from "zod";
import { id, idempotencyKey, instant, localDate, text, version } from "./ids.ts";

/** How a wish to know who somebody is stands; `waitingSecond`: the custodian agrees, one more person has to. */
export const identityRequestStates = ["open", "waitingSecond", "granted", "passedOn", "refused"] as const;
export type IdentityRequestState = (typeof identityRequestStates)[number];

/** To open who the petitioner is, or to have something passed on to him by the one who knows. */
export const identityRequestKinds = ["open", "relay"] as const;

export const askIdentityInput = z.object({
  caseId: id,
  version,
  key: idempotencyKey,
  kind: z.enum(identityRequestKinds),
  /** why it cannot be done without */
  reason: text(300, 4),
  message: text(2_000, 0).default(""),
});

export const decideIdentityInput = z.object({
  caseId: id,
  requestId: id,
  key: idempotencyKey,
  grant: z.boolean(),
  /** of a message passed on: how it reached him */
  reason: text(300, 4),
  /** the petitioner learns of it after this day, where telling him now would harm an investigation */
  tellAfter: localDate.nullable().default(null),
});

export const identityRequest = z.object({
  requestId: id,
  caseId: id,
  caseNo: z.string(),
  kind: z.enum(identityRequestKinds),
  state: z.enum(identityRequestStates),
  reason: z.string(),
  message: z.string().nullable(),
  askedBy: z.string(),
  askedAt: instant,
  decision: z.string().nullable(),
  decidedBy: z.string().nullable(),
  second: z.string().nullable(),
  secondBy: z.string().nullable(),
  /** until when who asked may open it */
  validUntil: instant.nullable(),
  mayDecide: z.boolean(),
});
export type IdentityRequest = z.infer<typeof identityRequest>;
