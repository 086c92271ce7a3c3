import { sniffDelimiter } from "@doorstep/sdk/sheets";
import { CsvError, parse } from "csv-parse/sync";
import type { Step, Trace } from "../mining/trace.ts";
import { activityOf, instantOf, isWhole, LogFlaw, MOST_EVENTS } from "./cells.ts";

/** What columns are called in logs of other programs, the plainest first. */
const names = {
  case: ["case:concept:name", "case_id", "case id", "caseid", "case", "案件编号", "事项编号", "编号"],
  activity: ["concept:name", "activity", "event", "环节", "活动", "步骤"],
  time: ["time:timestamp", "timestamp", "time", "complete timestamp", "时间", "发生时间"],
  transition: ["lifecycle:transition", "lifecycle", "transition"],
  due: ["case:deadline", "deadline", "due", "期限", "到期日"],
  ended: ["case:enddate", "enddate", "end date", "办结时间", "办结日期"],
} as const;
type Column = keyof typeof names;

interface Line {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function linesOf(text: string): readonly Line[] {
  try {
    return parse(text, {
      ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
      delimiter: sniffDelimiter(text),
    }) as unknown as readonly Line[];
  } catch (error) {
    if (error instanceof CsvError) throw new LogFlaw("broken", Number(error.lines) || 0);
    throw error;
  }
}

function columnsIn(header: readonly string[]): Readonly<Record<Column, number>> {
  const said = header.map((cell) => cell.trim().toLowerCase());
  const at = (column: Column): number =>
    names[column].map((name) => said.indexOf(name)).find((index) => index >= 0) ?? -1;
  const found = {
    ...{ case: at("case"), activity: at("activity"), time: at("time") },
    ...{ transition: at("transition"), due: at("due"), ended: at("ended") },
  };
  if (found.case < 0 || found.activity < 0 || found.time < 0) throw new LogFlaw("columns", 1);
  return found;
}

/** A list with a line for each event and the names of its columns in the first. @throws LogFlaw with the line */
export function readCsvLog(text: string): readonly Trace[] {
  const [header, ...lines] = linesOf(text);
  if (!header) throw new LogFlaw("empty");
  if (lines.length > MOST_EVENTS) throw new LogFlaw("tooMany");
  const columns = columnsIn(header.record);
  const found = new Map<string, { steps: Step[]; dueAt: string | null; endedAt: string | null }>();
  for (const { record, info } of lines) {
    if (record.length !== header.record.length) throw new LogFlaw("cells", info.lines);
    const cell = (column: Column): string | undefined => record[columns[column]];
    const key = cell("case")?.trim();
    if (!key) throw new LogFlaw("case", info.lines);
    const activity = activityOf(cell("activity"), info.lines);
    const at = instantOf(cell("time"));
    if (!at) throw new LogFlaw("time", info.lines);
    const own = found.get(key) ?? { steps: [], dueAt: null, endedAt: null };
    found.set(key, own);
    own.dueAt ??= instantOf(cell("due")) ?? null;
    own.endedAt ??= instantOf(cell("ended")) ?? null;
    if (isWhole(cell("transition"))) own.steps.push({ activity, at });
  }
  return [...found.values()];
}
