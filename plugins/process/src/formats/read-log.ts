import type { Trace } from "../mining/trace.ts";
import { LogFlaw } from "./cells.ts";
import { readCsvLog } from "./read-csv.ts";
import { readXesLog } from "./read-xes.ts";

/** Steps of a case in the order of their time; those of one instant stay as they stood. */
const inOrder = <T extends Trace>(trace: T): T => ({
  ...trace,
  steps: trace.steps.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
});

/** The cases of a log, XES or a list with a line for each event. @throws LogFlaw */
export function readLog(text: string): readonly Trace[] {
  const found = /^\uFEFF?\s*</.test(text) ? readXesLog(text) : readCsvLog(text);
  if (found.length === 0) throw new LogFlaw("empty");
  return found.map(inOrder);
}
