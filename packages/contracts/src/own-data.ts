import { z } from "zod";
import { idempotencyKey, localDate, text } from "./ids.ts";
import { ownCase } from "./intake.ts";
import { personKinds } from "./names.ts";

const kept = z.object({ months: z.number().int(), until: localDate.nullable() });

/** What is held on a petitioner in one matter, and for how long. */
export const ownData = z.object({
  /** null: he never named himself, or it was destroyed by rule */
  identity: z
    .object({
      name: z.string(),
      contact: z.string(),
      kind: z.enum(personKinds),
      /** by code alone only so much is shown that he recognises it: whoever finds a code must not find a name */
      masked: z.boolean(),
      corrections: z.number().int(),
    })
    .nullable(),
  cutOn: localDate.nullable(),
  file: kept,
  person: kept,
});
export type OwnData = z.output<typeof ownData>;

/** Corrections are additions: what was given first stays beside them. */
export const correctOwnInput = z
  .object({ ...ownCase, key: idempotencyKey, name: text(60).optional(), contact: text(200).optional() })
  .refine((v) => v.name !== undefined || v.contact !== undefined, { path: ["contact"], error: "own.nothingCorrected" });

/** A wish to delete: answered by a person, along the rules of keeping. */
export const askErasureInput = z.object({ ...ownCase, key: idempotencyKey, text: text(2_000) });

/** One page that people and machines can read, letters inside. */
export const ownExport = z.object({ fileName: z.string(), html: z.base64() });
