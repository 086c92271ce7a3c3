import { anonymities, personKinds, purposes } from "@doorstep/sdk";
import { z } from "zod";

/** What came, as it is kept encrypted until it is taken in. */
export const card = z.object({
  purpose: z.enum(purposes),
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().min(5).max(20_000),
  desiredOutcome: z.string().max(2_000).default(""),
  urgentSafety: z.boolean().default(false),
  anonymity: z.enum(anonymities),
  petitioner: z
    .object({ name: z.string().min(1).max(60), kind: z.enum(personKinds), contact: z.string().max(200).default("") })
    .optional(),
  locale: z.enum(["zh-CN", "en"]).default("zh-CN"),
});
/** With what came beside it. */
const kept = card.extend({ files: z.array(z.object({ name: z.string(), data: z.base64() })).default([]) });
export type Kept = z.output<typeof kept>;
export type Card = z.output<typeof card>;

export const toBytes = (of: z.input<typeof kept>): Uint8Array => new TextEncoder().encode(JSON.stringify(of));
export const fromBytes = (bytes: Uint8Array): Kept => kept.parse(JSON.parse(new TextDecoder().decode(bytes)));
