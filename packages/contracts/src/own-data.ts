import { z } from "zod";
import { idempotencyKey, instant, localDate, text } from "./ids.ts";
import { ownCase } from "./intake.ts";
import { personKinds } from "./names.ts";
import { notificationSettings } from "./notifications.ts";
import { grant, sessionSummary } from "./people.ts";
import { bilingual, locale } from "./text.ts";

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

/** What is held on somebody with an account; of petitions nothing stands in it, neither his own nor those about him. */
/** The picture somebody signs with; 200 KB are a signature at the best of printers. */
export const signaturePicture = z.base64().max(280_000);
export const ownSignature = z.object({ png: signaturePicture, since: instant });
export type OwnSignature = z.infer<typeof ownSignature>;

export const ownRecord = z.object({
  person: z.object({
    name: z.string(),
    username: z.string(),
    kind: bilingual,
    unit: bilingual,
    locale,
    mail: z.string().nullable(),
    lastSeenOn: localDate.nullable(),
  }),
  /** those that are over too, each with the reason it was given for */
  grants: z.array(grant.extend({ roleName: bilingual, why: z.string(), revokedOn: localDate.nullable() })),
  sessions: z.array(sessionSummary.pick({ signedInAt: true, usedAt: true })),
  notifications: notificationSettings,
  /** only what he declared himself: a recusal that was computed or asked for would tell him of a petition about him */
  recusals: z.array(z.object({ at: instant })),
  kin: z.array(z.object({ name: z.string(), declaredAt: instant })),
  signature: ownSignature.nullable(),
  duty: z.array(z.object({ unit: bilingual, from: instant, until: instant, removed: z.boolean() })),
  /** work that was given to him; what it was about stays with the petition */
  tasks: z.array(z.object({ module: bilingual, dueOn: localDate, state: z.enum(["open", "done", "dropped"]) })),
  /** what he did, newest first: the kind of act alone, never on what */
  acts: z.array(z.object({ at: instant, type: z.string(), name: bilingual })),
  actsComplete: z.boolean(),
});
export type OwnRecord = z.output<typeof ownRecord>;

/** One page that people and machines can read, letters inside. */
export const ownExport = z.object({ fileName: z.string(), html: z.base64() });
