import { z } from "zod";
import { card } from "../takein/card.ts";

const code = z.string().regex(/^[A-Za-z0-9-]{2,40}$/);
const sha = z.string().regex(/^[0-9a-f]{64}$/);

/** What a package says, signed as a whole. */
export const manifest = z.object({
  kind: z.literal("referral"),
  from: z.object({ code, name: z.string().min(1).max(100) }),
  to: code,
  /** the sender's own; the same number is the same matter */
  number: z.string().min(1).max(60),
  version: z.int().min(1).max(1_000),
  sentAt: z.iso.datetime(),
  /** the day by which the sender wants to be told what was concluded; `null`: it is passed on for good */
  reportBy: z.iso.date().nullable(),
  ground: z.string().max(300),
  card,
  files: z.array(z.object({ name: z.string().min(1).max(200), sha256: sha, data: z.base64() })).max(20),
});
export type Manifest = z.output<typeof manifest>;

/** That a package came, and where it stands there. Nothing of what it says is in it. */
export const receipt = z.object({
  kind: z.literal("receipt"),
  from: code,
  to: code,
  number: z.string().min(1).max(60),
  version: z.int().min(1).max(1_000),
  /** of the signed content of the package */
  digest: sha,
  receivedAt: z.iso.datetime(),
  /** the receiver's number of the petition; `null` where it went on to whoever must have it */
  caseNo: z.string().max(40).nullable(),
});
export type Receipt = z.output<typeof receipt>;

export function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array): T | null {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
