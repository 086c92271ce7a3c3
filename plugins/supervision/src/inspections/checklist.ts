/** What each petition of a sample is held against [R22:38; SPEC 12.3]. */
export const checks = [
  "acceptedInTime",
  "petitionerMet",
  "eachDemand",
  "grounds",
  "answeredInTime",
  "circleKept",
] as const;
export type Check = (typeof checks)[number];

export const checkResults = ["yes", "no", "notApplicable"] as const;
export type CheckResult = (typeof checkResults)[number];
export type Results = Readonly<Record<Check, CheckResult>>;

/** So many at most are drawn for one inspection. */
export const MOST_DRAWN = 20;
