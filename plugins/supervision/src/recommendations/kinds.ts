import type { Text } from "@doorstep/sdk";

/** The three kinds of recommendation [R22:14; SPEC 3]. */
export const recommendationKinds = ["improveWork", "improvePolicy", "pursueResponsibility"] as const;
export type RecommendationKind = (typeof recommendationKinds)[number];

/** As a letter names them. */
export const kindTexts: Readonly<Record<RecommendationKind, Text>> = {
  improveWork: { "zh-CN": "改进工作", en: "to work better" },
  improvePolicy: { "zh-CN": "完善政策", en: "to better a rule" },
  pursueResponsibility: { "zh-CN": "追究责任", en: "to pursue responsibility" },
};

/** What the unit does with one; where it does not adopt all of it, it says why. */
export const outcomes = ["adopted", "partly", "notAdopted"] as const;
export type Outcome = (typeof outcomes)[number];

/** The time for a written answer in days, by the calendar [SPEC 5 K20]. */
export const ANSWER_DAYS = 30;
