import { DoorstepError } from "@doorstep/sdk";
import {
  type Delimiter,
  detectEncoding,
  type Encoding,
  type Guess,
  listKind,
  sniffDelimiter,
} from "@doorstep/sdk/sheets";
import { guessDateOrder } from "../checking/parse-date.ts";
import { type MappingInput, proposeMapping } from "../mapping/mapping.ts";
import { decoded } from "../reading/encodings.ts";
import { type Bytes, columnNames, type Reading, readRows } from "../reading/read-rows.ts";

/** Looked at to tell the encoding. */
const SAMPLE = 256 * 1024;
/** Rows shown, and looked at to tell the order of dates. */
const SHOWN = 8;
const LOOKED_AT = 200;

export interface Inspection {
  readonly format: "csv" | "xlsx";
  /** best first; none for a workbook, which says itself how it is written */
  readonly guesses: readonly Guess[];
}

async function head(bytes: Bytes, size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    parts.push(part);
    length += part.byteLength;
    if (length >= size) break;
  }
  return new Uint8Array(Buffer.concat(parts).subarray(0, size));
}

/** What kind of file it is and how it seems to be written. @throws DoorstepError `import.empty` */
export async function inspectFile(bytes: Bytes): Promise<Inspection> {
  const sample = await head(bytes, SAMPLE);
  if (sample.byteLength === 0) throw new DoorstepError("import.empty");
  const kind = listKind(sample);
  if (kind === "workbook") return { format: "xlsx", guesses: [] };
  if (kind !== "text") throw new DoorstepError("import.unreadable", { row: 1 });
  return { format: "csv", guesses: detectEncoding(sample) };
}

export interface Sample {
  readonly delimiter: Delimiter | null;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly proposal: Partial<MappingInput>;
}

async function delimiterOf(bytes: Bytes, encoding: Encoding): Promise<Delimiter> {
  const sample = await head(bytes, SAMPLE);
  let text = "";
  for await (const part of decoded(
    (async function* () {
      yield sample;
    })(),
    encoding,
  ))
    text += part;
  return sniffDelimiter(text);
}

/** How to read a file, given its encoding; the separator is found where it is not given. */
export async function readingOf(
  open: () => Bytes,
  format: "csv" | "xlsx",
  encoding: Encoding | null,
  delimiter: Delimiter | null,
): Promise<Reading> {
  if (format === "xlsx") return { format };
  const known = encoding ?? "utf-8";
  return { format, encoding: known, delimiter: delimiter ?? (await delimiterOf(open(), known)) };
}

/** The first rows as they will be read, and a proposal which columns say what. @throws DoorstepError `import.empty` */
export async function sampleFile(open: () => Bytes, reading: Reading): Promise<Sample> {
  const found: (readonly string[])[] = [];
  let columns: readonly string[] | undefined;
  for await (const { cells } of readRows(open(), reading)) {
    if (!columns) columns = columnNames(cells);
    else found.push(cells);
    if (found.length >= LOOKED_AT) break;
  }
  if (!columns || found.length === 0) throw new DoorstepError("import.empty");
  const proposal = proposeMapping(columns);
  const at = columns.indexOf(proposal.receivedAt ?? "");
  const dateOrder = guessDateOrder(at === -1 ? [] : found.map((cells) => cells[at] ?? ""));
  return {
    delimiter: reading.format === "csv" ? reading.delimiter : null,
    columns,
    rows: found.slice(0, SHOWN).map((cells) => cells.map((cell) => cell.slice(0, 200))),
    proposal: { ...proposal, dateOrder },
  };
}
