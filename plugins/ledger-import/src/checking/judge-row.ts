import { hash } from "node:crypto";
import type { ErrorCode, ImportRecord } from "@doorstep/sdk";
import type { Encoding, SourceRow } from "@doorstep/sdk/sheets";
import type { Mapping } from "../mapping/mapping.ts";
import { hasLostCharacters, hasReplacement } from "./damage.ts";
import { type Moment, parseMoment } from "./parse-date.ts";

/** Why a row is not imported: a code of the error catalogue. */
export interface RowProblem {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface JudgedRow {
  readonly row: number;
  readonly key: string;
  readonly unitCode: string | null;
  readonly record: ImportRecord | null;
  readonly problems: readonly RowProblem[];
}

/** What a row is judged by. */
export interface Judging {
  readonly columns: readonly string[];
  readonly mapping: Mapping;
  readonly encoding: Encoding | null;
  readonly source: string;
  readonly timeZone: string;
  /** ISO instant */
  readonly now: string;
  /** id of a unit by its code; null: there is none */
  readonly unitOf: (code: string) => Promise<string | null>;
  /** Whether an earlier row of the file with this key can be imported. */
  readonly isTaken: (key: string) => boolean;
}

const TITLE = 200;
const TEXT = 40_000;
const ORIGINAL = 60_000;
const problem = (code: ErrorCode, params: RowProblem["params"] = {}): RowProblem => ({ code, params });

/** Characters PostgreSQL cannot keep, and line ends of other systems. */
const clean = (text: string): string => text.replaceAll("\0", "").replaceAll(/\r\n?/g, "\n").toWellFormed().trim();

const joined = (cells: ReadonlyMap<string, string>, columns: readonly string[], by: string): string =>
  columns.flatMap((column) => cells.get(column) || []).join(by);

/** Without a key of its own a row is known by its content: the same row is the same record. */
function keyOf(cells: ReadonlyMap<string, string>, columns: readonly string[]): string {
  const own = joined(cells, columns, ":");
  if (own) return own.slice(0, 120);
  return `row:${hash("sha256", JSON.stringify([...cells.values()]), "hex").slice(0, 32)}`;
}

interface Dates {
  readonly received: Moment | undefined;
  readonly replied: Moment | undefined;
  readonly closed: Moment | undefined;
  readonly problems: readonly RowProblem[];
}

/** Earlier than the start; days are compared as days, where one of them has no time. */
const isBefore = (end: Moment, start: Moment): boolean =>
  end.isDay || start.isDay ? end.on < start.on : end.at < start.at;

function readDates(cells: ReadonlyMap<string, string>, judging: Judging): Dates {
  const { mapping, timeZone, now } = judging;
  const problems: RowProblem[] = [];
  const read = (column: string | null, isNeeded: boolean): Moment | undefined => {
    const text = column === null ? "" : (cells.get(column) ?? "");
    if (column === null || (text === "" && !isNeeded)) return undefined;
    const moment = parseMoment(text, timeZone, mapping.dateOrder);
    if (!moment) problems.push(problem("import.unknownDate", { column }));
    return moment;
  };
  const received = read(mapping.receivedAt, true);
  const replied = read(mapping.repliedAt, false);
  const closed = read(mapping.closedAt, false);
  if (received && [replied, closed].some((end) => end && isBefore(end, received)))
    problems.push(problem("import.endBeforeStart"));
  if (received && received.at > now) problems.push(problem("import.future"));
  return { received, replied, closed, problems };
}

function damageProblems(cells: ReadonlyMap<string, string>, judging: Judging): readonly RowProblem[] {
  const texts = [...cells.values()];
  if (texts.some(hasReplacement)) return [problem("import.brokenEncoding")];
  const isLost = texts.some((text) => hasLostCharacters(text, judging.encoding));
  return isLost && !judging.mapping.acceptDamaged ? [problem("import.brokenEncoding")] : [];
}

/** A day without a time may not end a matter before the moment it began. */
const notBefore = (moment: Moment | undefined, start: Moment): string | null => {
  if (!moment) return null;
  if (moment.at < start.at) return start.at;
  return moment.at;
};

/** The first words of a text, where the register has no subject. */
const firstWords = (text: string): string =>
  text
    .split(/[\n。！？]/)[0]
    ?.slice(0, 60)
    .trim() ?? "";

interface Texts {
  readonly subject: string;
  readonly body: string;
}

function recordOf(
  cells: ReadonlyMap<string, string>,
  judging: Judging,
  facts: Texts & {
    readonly key: string;
    readonly unitId: string | undefined;
    readonly received: Moment;
    readonly dates: Dates;
  },
): ImportRecord {
  const { mapping } = judging;
  const { received, dates } = facts;
  const optional = (column: string | null, max: number): string | null =>
    (column === null ? "" : (cells.get(column) ?? "")).slice(0, max) || null;
  return {
    source: judging.source,
    sourceKey: facts.key,
    ...(facts.unitId !== undefined && { unitId: facts.unitId }),
    title: (facts.subject || firstWords(facts.body) || facts.body).slice(0, TITLE),
    body: facts.body.slice(0, TEXT),
    category: null,
    via: "imported",
    topicCode: optional(mapping.topic, 60),
    petitionerAlias: optional(mapping.petitioner, 80),
    receivedAt: received.at,
    reply: joined(cells, mapping.reply, "\n\n").slice(0, TEXT) || null,
    repliedAt: notBefore(dates.replied, received),
    closedAt: notBefore(dates.closed, received),
    original: Object.fromEntries([...cells].map(([name, text]) => [name, text.slice(0, ORIGINAL)])),
  };
}

/** The unit a row names: none named, or none with this code. */
async function unitOfRow(cells: ReadonlyMap<string, string>, judging: Judging) {
  const { unit } = judging.mapping;
  if (unit === null) return { code: null, id: undefined };
  const code = cells.get(unit) ?? "";
  return { code, id: await judging.unitOf(code) };
}

/** Judges one row: a record that can be imported, or every reason why not. */
export async function judgeRow(source: SourceRow, judging: Judging): Promise<JudgedRow> {
  const { mapping, columns } = judging;
  const cells = new Map(columns.map((name, i) => [name, clean(source.cells[i] ?? "")]));
  const key = keyOf(cells, mapping.key);
  const unit = await unitOfRow(cells, judging);
  const subject = joined(cells, mapping.title, " / ");
  const body = joined(cells, mapping.body, "\n\n") || subject;
  const dates = readDates(cells, judging);
  const problems = [
    ...(body === "" ? [problem("import.noText")] : []),
    ...damageProblems(cells, judging),
    ...dates.problems,
    ...(unit.id === null ? [problem("import.unknownUnit", { unit: unit.code || "–" })] : []),
    ...(judging.isTaken(key) ? [problem("import.repeatedKey", { key })] : []),
  ];
  const at = { row: source.row, key, unitCode: unit.code };
  if (problems.length > 0 || !dates.received || unit.id === null) return { ...at, record: null, problems };
  const facts = { subject, body, key, unitId: unit.id, received: dates.received, dates };
  return { ...at, record: recordOf(cells, judging, facts), problems: [] };
}
