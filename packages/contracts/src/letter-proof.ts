import { z } from "zod";
import { instant } from "./ids.ts";
import { noticeCode } from "./letter.ts";
import { locale } from "./text.ts";

/** The file itself, base64: a letter has 100 to 500 KB. */
export const verifyLetterInput = z.object({ pdf: z.base64().max(1_900_000) });

/**
 * `genuine`: sealed here, not a byte changed, and in the ledger. `unrecorded`: signed here and unchanged, but the ledger
 * does not hold it. `changed`: it says that it was sealed here, and is not as it was. `unmarked`: it says nothing.
 */
export const letterProofStates = ["genuine", "unrecorded", "changed", "unmarked"] as const;
export const letterProof = z.object({
  state: z.enum(letterProofStates),
  letter: z
    .object({ code: noticeCode, number: z.string(), sealedAt: instant, timeZone: z.string(), locale })
    .nullable(),
});
export type LetterProof = z.infer<typeof letterProof>;
