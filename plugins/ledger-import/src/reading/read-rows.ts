import { Readable } from "node:stream";
import { DoorstepError } from "@doorstep/sdk";
import { type Delimiter, type Encoding, readWorkbook, type SourceRow, UnreadableWorkbook } from "@doorstep/sdk/sheets";
import { CsvError, parse } from "csv-parse";
import { decoded } from "./encodings.ts";

/** How a file is to be read; the person has confirmed it. */
export type Reading =
  | { readonly format: "csv"; readonly encoding: Encoding; readonly delimiter: Delimiter }
  | { readonly format: "xlsx" };

/** Rows of one file at most: what is more is better brought in parts. */
export const MAX_ROWS = 200_000;
/** Characters of one row at most: beyond, a quotation mark was never closed. */
const MAX_ROW = 1_000_000;

export type Bytes = AsyncIterable<Uint8Array>;

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

async function gathered(bytes: Bytes): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

/** A workbook says at its end what it holds, so its packed bytes are gathered; its rows still come one by one. */
async function* sheetRows(bytes: Bytes): AsyncGenerator<SourceRow> {
  try {
    yield* readWorkbook(await gathered(bytes));
  } catch (error) {
    if (error instanceof UnreadableWorkbook) throw new DoorstepError("import.unreadable", { row: error.row });
    throw error;
  }
}

/**
 * Reads a file row by row, never all of its rows at once.
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
