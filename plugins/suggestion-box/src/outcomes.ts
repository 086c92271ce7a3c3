/** What comes of a suggestion [SPEC 13 D16]. */
export const outcomes = ["adopted", "partly", "not"] as const;
export type Outcome = (typeof outcomes)[number];

/** What is no suggestion is passed on as a petition of this kind. */
export const otherPurposes = ["solve", "help", "ask", "accuse"] as const;

/** Fewer supporters are shown as "a few": nobody is to be found among them. */
export const SHOWN_FROM = 5;
