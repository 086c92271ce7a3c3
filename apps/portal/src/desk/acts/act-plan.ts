import type { CaseView } from "@doorstep/contracts";

export type AllowedAct = CaseView["acts"][number];

/** The forms of the desk, by the transition of the life-cycle table that each one asks for [SPEC §4]. */
const formByTransition = {
  T2: "register",
  T3: "transfer",
  T4: "assign",
  T7: "accept",
  T12: "handler",
  T16: "deliver",
  T21: "decideReview",
  T22: "decideReview",
  T25: "finalise",
  T27: "archive",
} as const;
export type ActForm = (typeof formByTransition)[keyof typeof formByTransition];

export interface PlannedAct {
  readonly act: AllowedAct;
  readonly form: ActForm;
}

export interface ActPlan {
  /** what can be done now, in the order of the life cycle */
  readonly open: readonly PlannedAct[];
  /** of this state and these roles, but refused: shown with every reason */
  readonly refused: readonly AllowedAct[];
  /** rows of the table that a later version offers */
  readonly later: readonly AllowedAct[];
}

const numberOf = (act: AllowedAct): number => Number.parseInt(act.transition.slice(1), 10) || 99;

export function formOf(act: Pick<AllowedAct, "transition">): ActForm | undefined {
  return formByTransition[act.transition as keyof typeof formByTransition];
}

/** Two rows of the table may be two outcomes of one decision: they share a form. */
const onceEach = (acts: readonly PlannedAct[]): readonly PlannedAct[] =>
  acts.filter((entry, index) => acts.findIndex((other) => other.form === entry.form) === index);

/** Sorts the kernel's list of acts for the screen; it decides nothing: what is lawful is the kernel's answer. */
export function planActs(acts: readonly AllowedAct[]): ActPlan {
  const ordered = [...acts].sort((a, b) => numberOf(a) - numberOf(b));
  const later = ordered.filter((act) => act.refusals.some((refusal) => refusal.code === "act.notOffered"));
  const offered = ordered.filter((act) => !later.includes(act));
  return {
    open: onceEach(
      offered.flatMap((act) => {
        const form = formOf(act);
        return act.refusals.length === 0 && form ? [{ act, form }] : [];
      }),
    ),
    refused: offered.filter((act) => act.refusals.length > 0),
    later,
  };
}
