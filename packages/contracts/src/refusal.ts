import { z } from "zod";

/** Why an act is not open: `code` is a key of the error catalogue. */
export const refusal = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type Refusal = z.infer<typeof refusal>;
