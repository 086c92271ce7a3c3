/** What somebody may be asking about before he files; a guide to answers, never a category of a petition. */
export const topics = [
  "pay",
  "housing",
  "health",
  "family",
  "service",
  "discipline",
  "dispute",
  "authority",
  "other",
] as const;
export type Topic = (typeof topics)[number];
