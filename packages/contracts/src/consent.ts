import { z } from "zod";
import { id, instant } from "./ids.ts";
import { bilingual } from "./text.ts";

/** What a module asked of the petitioner, in both languages. */
export const consentView = z.object({
  id,
  /** title of the module */
  module: bilingual,
  words: bilingual,
  state: z.enum(["asked", "given", "refused", "withdrawn", "dropped"]),
  askedAt: instant,
  answeredAt: instant.nullable(),
});
export type ConsentView = z.infer<typeof consentView>;

/** The petitioner's own answer; a yes he takes back at any time. */
export const consentAnswers = ["given", "refused", "withdrawn"] as const;
export type ConsentAnswer = (typeof consentAnswers)[number];
