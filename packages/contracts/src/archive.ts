import { z } from "zod";
import { caseNo, id, instant } from "./ids.ts";
import { locale } from "./text.ts";

/** What a case file is taken out for: codes, so that no word of a case stands beside the ledger. */
export const archivePurposes = ["filing", "review", "superior", "court"] as const;
export const archiveInput = z.object({ caseId: id, locale, purpose: z.enum(archivePurposes) });

export const archiveFile = z.object({
  fileName: z.string(),
  pdf: z.base64(),
  /** named with their hash, and to be put beside the file: no page can show them */
  beside: z.array(z.object({ id, name: z.string(), size: z.number() })),
});

/** The mark that stands in the file, and the hash of the file without it: however large, it stays where it is. */
export const verifyArchiveInput = z.object({
  mark: z.string().max(500),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** As for letters; what stands in the file already, and nothing more. */
export const archiveProof = z.object({
  state: z.enum(["genuine", "unrecorded", "changed"]),
  archive: z.object({ caseNo, madeAt: instant, timeZone: z.string() }).nullable(),
});
export type ArchiveProof = z.infer<typeof archiveProof>;
