import type { CaseView, DemandOutcome } from "@doorstep/contracts";

export interface DemandAnswer {
  readonly outcome: DemandOutcome | "";
  readonly facts: string;
  readonly opinion: string;
  readonly basis: string;
  readonly steps: string;
  /** a promise that is watched until it is signed off: who answers for it, by when; both or neither */
  readonly owner?: string;
  readonly dueOn?: string;
}

export const answerParts = ["facts", "opinion", "basis", "steps"] as const;

export const blankAnswer: DemandAnswer = {
  outcome: "",
  facts: "",
  opinion: "",
  basis: "",
  steps: "",
  owner: "",
  dueOn: "",
};

/** What was written for each demand before: a reply that was sent back is corrected, not written again. */
export function answersOf(c: Pick<CaseView, "demands">): Readonly<Record<string, DemandAnswer>> {
  return Object.fromEntries(
    c.demands.map((demand) => [
      demand.id,
      {
        outcome: demand.outcome ?? blankAnswer.outcome,
        facts: demand.facts ?? "",
        opinion: demand.opinion ?? "",
        basis: demand.basis ?? "",
        steps: demand.steps ?? "",
        owner: demand.promise?.owner ?? "",
        dueOn: demand.promise?.dueOn ?? "",
      },
    ]),
  );
}

/** Suggestions are adopted or not; everything else is supported or not. */
export function outcomesFor(category: CaseView["category"]): readonly DemandOutcome[] {
  return category === "suggestion"
    ? ["adopted", "partlyAdopted", "notAdopted"]
    : ["supported", "explained", "notSupported"];
}

/** What is missing for a demand; a granted one also says how and by when it is carried out [R22:32]. */
export function missingParts(answer: DemandAnswer | undefined): readonly (keyof DemandAnswer)[] {
  const given = answer ?? blankAnswer;
  const needed: (keyof DemandAnswer)[] = ["outcome", "facts", "opinion", "basis"];
  if (given.outcome === "supported" || given.outcome === "adopted") needed.push("steps");
  if (given.owner?.trim() || given.dueOn) needed.push("steps", "owner", "dueOn");
  return [...new Set(needed)].filter((part) => (given[part] ?? "").trim() === "");
}

/** The wire form; called only when nothing is missing. */
export function answersToSend(answers: Readonly<Record<string, DemandAnswer>>) {
  return Object.entries(answers).flatMap(([demandId, answer]) =>
    answer.outcome === ""
      ? []
      : [
          {
            demandId,
            outcome: answer.outcome,
            facts: answer.facts,
            opinion: answer.opinion,
            basis: answer.basis,
            steps: answer.steps,
            ...(answer.owner?.trim() && answer.dueOn && { promise: { owner: answer.owner, dueOn: answer.dueOn } }),
          },
        ],
  );
}
