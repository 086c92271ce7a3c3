import {
  detectEncoding,
  type Encoding,
  encodings,
  listKind,
  readWorkbook,
  sniffDelimiter,
  UnreadableWorkbook,
} from "@doorstep/sdk/sheets";
import { parse } from "csv-parse/browser/esm/sync";

export { type Encoding, encodings };

/** Rows the server takes in one import. */
export const MAX_ROWS = 5_000;
/** Bytes of a file with that many rows at most; a larger one is another kind of file. */
export const MAX_MEGABYTES = 20;

export interface List {
  /** none: a workbook, which says itself how it is written */
  readonly encoding: Encoding | undefined;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Why a file gives no list. */
export type ListProblem = "broken" | "brokenWorkbook" | "oldWorkbook" | "notAList" | "empty" | "tooMany" | "tooLarge";

/** Looked at to tell the encoding. */
const SAMPLE = 256 * 1024;

type Rows = string[][];

function textRows(bytes: Uint8Array, encoding: Encoding): Rows | "broken" {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return parse(text, {
      delimiter: sniffDelimiter(text.slice(0, SAMPLE)),
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    return "broken";
  }
}

async function workbookRows(bytes: Uint8Array<ArrayBuffer>): Promise<Rows | "brokenWorkbook"> {
  const rows: Rows = [];
  try {
    for await (const { cells } of readWorkbook(bytes)) {
      if (cells.some((cell) => cell.trim() !== "")) rows.push([...cells]);
      // the headings and one too many: the rest need not be read to refuse it
      if (rows.length > MAX_ROWS + 1) break;
    }
    return rows;
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return "brokenWorkbook";
    throw error;
  }
}

/** Reads a workbook, or a text in the encoding given or in the one its bytes speak for. */
export async function readList(bytes: Uint8Array<ArrayBuffer>, wanted?: Encoding): Promise<List | ListProblem> {
  if (bytes.byteLength > MAX_MEGABYTES * 1024 * 1024) return "tooLarge";
  const kind = listKind(bytes);
  if (kind === "oldWorkbook") return "oldWorkbook";
  if (kind === "other") return "notAList";
  const isText = kind === "text";
  const encoding = isText ? (wanted ?? detectEncoding(bytes.subarray(0, SAMPLE))[0]?.encoding ?? "utf-8") : undefined;
  const found = encoding ? textRows(bytes, encoding) : await workbookRows(bytes);
  if (typeof found === "string") return found;
  const [headings, ...rows] = found
    .map((row) => row.map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ""));
  if (!headings || rows.length === 0) return "empty";
  return rows.length > MAX_ROWS ? "tooMany" : { encoding, headings, rows };
}

/** Field -> index of its column; found by the words people use for it. */
export type Mapping = Readonly<Record<string, number | undefined>>;

export interface ImportField {
  readonly name: string;
  readonly required: boolean;
  /** headings it is known by, in any case */
  readonly known: readonly string[];
}

export function guessMapping(headings: readonly string[], fields: readonly ImportField[]): Mapping {
  const normal = headings.map((heading) => heading.normalize("NFKC").trim().toLowerCase());
  return Object.fromEntries(
    fields.map((field) => {
      const at = normal.findIndex((heading) => heading !== "" && field.known.includes(heading));
      return [field.name, at < 0 ? undefined : at];
    }),
  );
}

/** The rows under the names the server knows; columns that are not mapped are left out. */
export const namedRows = (list: List, mapping: Mapping): Record<string, string>[] =>
  list.rows.map((row) =>
    Object.fromEntries(
      Object.entries(mapping).flatMap(([field, at]) => (at === undefined ? [] : [[field, row[at] ?? ""]])),
    ),
  );

/**
 * Divides rows into portions the server takes in at once, as indexes. Rows with the same key stay together, so that it
 * finds the repeated ones; their order within the list stays.
 */
export function portions(
  rows: readonly Readonly<Record<string, string>>[],
  key: string,
  size: number,
): readonly (readonly number[])[] {
  const byKey = Map.groupBy(rows.keys(), (index) => rows[index]?.[key]?.normalize("NFKC").toLowerCase() ?? "");
  const made: number[][] = [[]];
  for (const same of byKey.values()) {
    const last = made.at(-1) ?? [];
    if (last.length > 0 && last.length + same.length > size) made.push([...same]);
    else last.push(...same);
  }
  return made.filter((portion) => portion.length > 0);
}
