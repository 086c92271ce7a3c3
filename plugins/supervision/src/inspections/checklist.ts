/** What each petition of a sample is held against [R22:38; SPEC 12.3]. */
const handled = ["acceptedInTime", "petitionerMet", "eachDemand", "grounds", "answeredInTime", "circleKept"] as const;

/** What shows whether figures were made to look better [SPEC 13]. */
const honest = ["datesTrue", "ratedHimself", "notPressed", "eachDemand"] as const;

export const checks = [...handled, "datesTrue", "ratedHimself", "notPressed"] as const;
export type Check = (typeof checks)[number];

/** The checklist of an inspection that somebody has begun, or of the one that is drawn each month. */
export const checksOf = ({ month }: { readonly month: string | null }): readonly Check[] =>
  month === null ? handled : honest;

export const checkResults = ["yes", "no", "notApplicable"] as const;
export type CheckResult = (typeof checkResults)[number];
export type Results = Readonly<Partial<Record<Check, CheckResult>>>;

/** So many at most are drawn for an inspection that somebody begins. */
export const MOST_DRAWN = 20;
