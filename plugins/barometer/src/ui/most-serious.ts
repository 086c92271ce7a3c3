import type { RuleName } from "../rules/warnings-in.ts";

interface Alert {
  readonly rule: RuleName;
  readonly state: "open" | "answered" | "falseAlarm";
  readonly isLate: boolean;
  readonly dueOn: string;
}

/** What hurts people first: a way in that fell silent, then what rises, then how it was answered, then what was not taken up. */
const gravity: readonly RuleName[] = [
  ...(["silence", "spikeBelow", "spike", "joint", "repeat", "unsatisfied", "changedOnReview"] as const),
  ...(["pileUp", "bouncePair", "handedOn", "unheeded", "unadopted"] as const),
];

/** Of the open ones the most serious: whose answer is late first, then by what it says, then whose day is nearest. */
export function mostSerious<A extends Alert>(warnings: readonly A[]): A | null {
  const rank = (one: A): string =>
    `${one.isLate ? 0 : 1} ${String(gravity.indexOf(one.rule)).padStart(2, "0")} ${one.dueOn}`;
  return warnings.filter((one) => one.state === "open").toSorted((a, b) => rank(a).localeCompare(rank(b)))[0] ?? null;
}
