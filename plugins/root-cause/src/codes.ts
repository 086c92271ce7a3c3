/** What lies behind several petitions: a matter, never a person. */
export const kinds = [
  "policyGap",
  "notCarriedOut",
  "shifting",
  "money",
  "procedure",
  "service",
  "facilities",
  "notExplained",
  "other",
] as const;
export type Kind = (typeof kinds)[number];

/** Which petitions are to become fewer, as they are counted in what is released; accusations are nobody's here. */
export const subjects = ["all", "claim", "suggestion"] as const;
export type Subject = (typeof subjects)[number];

/** Where it was noticed. */
export const origins = ["seen", "case", "warning", "supervision", "sibling"] as const;
export type Origin = (typeof origins)[number];

export const openStates = ["open", "fixing", "checking", "judging"] as const;
export const overStates = ["closed", "dropped"] as const;

/** What the figures say of a fix; `unclear` where too little was released to say anything. */
export const verdicts = ["fell", "notFell", "unclear"] as const;
export type Verdict = (typeof verdicts)[number];

/** Days after which somebody who has not answered is reminded once more. */
export const REMIND_DAYS = 7;
