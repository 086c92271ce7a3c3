/** What help can be. */
export const kinds = ["money", "goods", "medical", "legal", "visit", "other"] as const;
export type Kind = (typeof kinds)[number];
