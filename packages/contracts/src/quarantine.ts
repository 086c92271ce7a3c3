import { z } from "zod";
import { caseNo, id, instant } from "./ids.ts";
import { bilingual } from "./text.ts";

/** A petition that came in a flood: enough to see what it is about, nothing of what to do with it. */
export const quarantinedItem = z.object({
  caseId: id,
  caseNo,
  title: z.string(),
  receivedAt: instant,
  urgentSafety: z.boolean(),
  unit: z.object({ id, name: bilingual }),
});
export type QuarantinedItem = z.infer<typeof quarantinedItem>;

export const listQuarantineInput = z.object({
  unitId: id.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

/** Some, or as many as one call takes: `left` says how many wait on. */
export const letThroughInput = z.object({ unitId: id.optional(), caseIds: z.array(id).min(1).max(100).optional() });
