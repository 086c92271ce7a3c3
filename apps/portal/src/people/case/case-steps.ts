import type { PetitionerCase, PublicStatus } from "@doorstep/contracts";

/** The five stages a petitioner is shown; a refusal to accept takes the place of the second. */
export const publicSteps = ["received", "accepted", "handling", "replied", "closed"] as const;

const reached: Record<PublicStatus, number> = {
  received: 0,
  accepted: 1,
  notAccepted: 1,
  handling: 2,
  replied: 3,
  closed: 4,
};

export interface PublicStep {
  readonly step: PublicStatus;
  readonly state: "done" | "current" | "ahead";
}

/** The line of stages up to now. What was not accepted ends there: no later stage is promised. */
export function stepsOf(status: PublicStatus): readonly PublicStep[] {
  if (status === "notAccepted") {
    return [
      { step: "received", state: "done" },
      { step: "notAccepted", state: "current" },
    ];
  }
  const current = reached[status];
  return publicSteps.map((step, index) => ({
    step,
    state: index < current ? "done" : index === current ? "current" : "ahead",
  }));
}

/** The nearest end that somebody still has to keep. */
export function nextClock(clocks: PetitionerCase["clocks"]): PetitionerCase["clocks"][number] | undefined {
  return clocks
    .filter((clock) => clock.state === "running" || clock.state === "breached" || clock.state === "paused")
    .sort((one, other) => one.dueOn.localeCompare(other.dueOn))[0];
}

/** The one thing the petitioner can usefully do now. */
export function primaryAct(matter: PetitionerCase): "rate" | "review" | "write" {
  if (matter.rating.open && matter.rating.given === null) return "rate";
  if (matter.review.open) return "review";
  return "write";
}
