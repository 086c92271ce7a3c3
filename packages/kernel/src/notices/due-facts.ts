import type { Explain, Text } from "@doorstep/contracts";
import { explainText } from "../clocks/explain-sentence.ts";
import type { StartedClock } from "../pipeline/clock-changes.ts";
import type { ClockRow } from "../pipeline/load-case.ts";

export interface DueFacts {
  readonly on: string;
  readonly sentence: Text;
  readonly provisional: boolean;
}

/** A due date as letters state it, with the sentence that says how it came about. */
export function dueFacts(clock: StartedClock | ClockRow): DueFacts {
  const explain = ("row" in clock ? (clock.row as { explain: Explain }).explain : clock.explain) as Explain;
  return { on: explain.due, sentence: explainText(explain), provisional: explain.provisionalAfter !== undefined };
}
