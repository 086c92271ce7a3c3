import { z } from "zod";
import { id, instant, pageInput } from "./ids.ts";

export const ledgerEntry = z.object({
  stream: z.string(),
  seq: z.number().int(),
  at: instant,
  type: z.string(),
  actor: z.string(),
  facts: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export const ledgerPageInput = z.object({ stream: id.optional(), type: z.string().max(60).optional(), ...pageInput });

/** The proof over the entries so far: how far the chain was checked, and the first faults by name. */
export const ledgerProof = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  streams: z.number().int(),
  seals: z.number().int(),
  until: instant.nullable(),
  faults: z.array(z.object({ stream: z.string(), seq: z.number().int(), fault: z.string() })),
});
