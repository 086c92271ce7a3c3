import type { RuleName } from "../rules/warnings-in.ts";

interface Alert {
  readonly rule: RuleName;
  readonly state: "open" | "answered" | "falseAlarm";
  readonly isLate: boolean;
  readonly dueOn: string;
}

/** What hurts people first: a way in that fell silent, then what rises, then how it was answered, then what was not taken up. */
const gravity: Readonly<Record<RuleName, number>> = {
  ...{ silence: 1, spikeBelow: 2, themeSpikeBelow: 3, spike: 4, themeSpike: 5, joint: 6, repeat: 7 },
  ...{ unsatisfied: 8, changedOnReview: 9, pileUp: 10, bouncePair: 11, handedOn: 12, unheeded: 13, unadopted: 14 },
};

/** Of the open ones the most serious: whose answer is late first, then by what it says, then whose day is nearest. */
export function mostSerious<A extends Alert>(warnings: readonly A[]): A | null {
  const rank = (one: A): string => `${one.isLate ? 0 : 1} ${String(gravity[one.rule]).padStart(2, "0")} ${one.dueOn}`;
  return warnings.filter((one) => one.state === "open").toSorted((a, b) => rank(a).localeCompare(rank(b)))[0] ?? null;
}
