import { Readable } from "node:stream";
import { DoorstepError } from "@doorstep/sdk";
import { CsvError, parse } from "csv-parse";
import ExcelJs from "exceljs";
import { type Delimiter, delimiters } from "./delimiters.ts";
import { decoded, type Encoding } from "./encodings.ts";

export { type Delimiter, delimiters } from "./delimiters.ts";

/** How a file is to be read; the person has confirmed it. */
export type Reading =
  | { readonly format: "csv"; readonly encoding: Encoding; readonly delimiter: Delimiter }
  | { readonly format: "xlsx" };

/** Rows of one file at most: what is more is better brought in parts. */
export const MAX_ROWS = 200_000;
/** Characters of one row at most: beyond, a quotation mark was never closed. */
const MAX_ROW = 1_000_000;

/** A row as a spreadsheet counts it; the header is row 1. */
export interface SourceRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export type Bytes = AsyncIterable<Uint8Array>;

/** The separator that splits most lines into the same number of parts. */
export function sniffDelimiter(text: string): Delimiter {
  const lines = text
    .replaceAll(/"(?:[^"]|"")*"?/g, "")
    .split(/\r?\n/)
    .filter(Boolean)
    .slice(0, 50);
  const scoreOf = (delimiter: Delimiter): number => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const [first = 0] = counts;
    return first === 0 ? 0 : counts.filter((count) => count === first).length * 100 + first;
  };
  return delimiters.toSorted((a, b) => scoreOf(b) - scoreOf(a))[0] ?? ",";
}

async function* csvRows(bytes: Bytes, reading: Extract<Reading, { format: "csv" }>): AsyncGenerator<SourceRow> {
  const parser = parse({
    delimiter: reading.delimiter,
    relax_column_count: true,
    // A quotation mark inside a cell is text; old registers are full of them.
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: MAX_ROW,
  });
  const source = Readable.from(decoded(bytes, reading.encoding));
  source.once("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      yield { row, cells };
    }
  } catch (error) {
    // The parser is ahead of the rows that were taken from it.
    if (error instanceof CsvError)
      throw new DoorstepError("import.unreadable", { row: (Number(error.records) || row) + 1 });
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const two = (n: number): string => String(n).padStart(2, "0");
/** A spreadsheet's date has no time zone: its parts are those on the sheet. */
function sheetDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return time === "00:00:00" ? day : `${day} ${time}`;
}

function cellText(value: ExcelJs.CellValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return sheetDate(value);
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map((part) => part.text).join("");
  if ("text" in value) return cellText(value.text as ExcelJs.CellValue);
  if ("result" in value) return cellText(value.result as ExcelJs.CellValue);
  return "";
}

/** The first sheet that holds anything. */
async function* sheetRows(bytes: Bytes): AsyncGenerator<SourceRow> {
  const reader = new ExcelJs.stream.xlsx.WorkbookReader(Readable.from(bytes), {
    worksheets: "emit",
    sharedStrings: "cache",
    styles: "cache",
    hyperlinks: "ignore",
    entries: "emit",
  });
  let row = 0;
  try {
    for await (const sheet of reader) {
      for await (const one of sheet) {
        row = one.number;
        // The library counts columns from one and leaves a hole at zero.
        const values = one.values as ExcelJs.CellValue[];
        yield { row, cells: Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => cellText(values[i + 1])) };
      }
      if (row > 0) return;
    }
  } catch {
    throw new DoorstepError("import.unreadable", { row: row + 1 });
  }
}

/**
 * Reads a file row by row, never all of it at once.
 *
 * @throws DoorstepError `import.unreadable`, `import.tooManyRows`.
 */
export async function* readRows(bytes: Bytes, reading: Reading): AsyncGenerator<SourceRow> {
  let seen = 0;
  for await (const row of reading.format === "csv" ? csvRows(bytes, reading) : sheetRows(bytes)) {
    if (row.cells.every((cell) => cell.trim() === "")) continue;
    seen += 1;
    if (seen > MAX_ROWS + 1) throw new DoorstepError("import.tooManyRows", { max: MAX_ROWS });
    yield row;
  }
}

/** Names of the columns, each once: a repeated or empty one gets its place added. */
export function columnNames(header: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return header.map((cell, i) => {
    const name = cell.trim().slice(0, 120);
    const unique = name === "" || seen.has(name) ? `${name}#${i + 1}` : name;
    seen.add(unique);
    return unique;
  });
}
