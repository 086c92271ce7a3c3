/** What calls for supervision by itself [SPEC 12.1]; periods that end are urged by the kernel, up to the second letter. */
const automatic = ["unanswered", "quashed", "objections", "notKept", "reopened", "notSatisfied"] as const;

/** What only people see. */
export const seenByPeople = [
  "shifting",
  "perfunctory",
  "procedure",
  "notExecuted",
  "noResult",
  "fraud",
  "other",
] as const;

/** A way in of a unit brings nothing any more while its siblings carry on; the barometer warns of it, people hand it over. */
const SILENT = "silentChannel";

export const triggerCodes = [...automatic, ...seenByPeople, SILENT] as const;
export type Automatic = (typeof automatic)[number];

/** Steps in their order [SPEC 12.2]. */
export const rungs = ["reminder", "urging", "second", "interview", "circular", "listed"] as const;
export type Rung = (typeof rungs)[number];

/** What may come next: it begins with a reminder or at once with a letter, then goes up step by step; at the top it is listed anew. */
export function nextRungs(last: Rung | null): readonly Rung[] {
  if (last === null) return ["reminder", "urging"];
  if (last === "listed") return ["listed"];
  return rungs.slice(rungs.indexOf(last) + 1, rungs.indexOf(last) + 2);
}

/** What follows by itself where nobody answers in time; further up people decide [SPEC 5 K28]. */
export const followsByItself: Readonly<Partial<Record<Rung, Rung>>> = { reminder: "urging", urging: "second" };

/** One refusal of a petition is a right; from this one on somebody looks at it. */
export const MANY_OBJECTIONS = 2;

/** The period for an answer, in days [SPEC 5 K28]. */
export const ANSWER_DAYS = 10;

/** The longest that a listed matter may be given, in days. */
export const LISTED_DAYS = 90;
