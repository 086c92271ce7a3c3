import { parse } from "csv-parse/browser/esm/sync";

export const encodings = ["utf-8", "gb18030", "big5", "utf-16le"] as const;
export type Encoding = (typeof encodings)[number];

/** Rows the server takes in one import. */
export const MAX_ROWS = 5_000;

export interface List {
  readonly encoding: Encoding;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function decode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 by its mark, UTF-8 when every byte fits, else the national standard, in which old spreadsheets save. */
function detect(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return decode(bytes, "utf-8") === undefined ? "gb18030" : "utf-8";
}

/**
 * Reads a list in the encoding given, or in the one its bytes speak for.
 *
 * @returns undefined when the bytes do not fit the encoding or the text is no CSV.
 */
export function readList(bytes: Uint8Array, wanted?: Encoding): List | undefined {
  const encoding = wanted ?? detect(bytes);
  const text = decode(bytes, encoding);
  if (text === undefined) return undefined;
  try {
    const [headings = [], ...rows] = parse(text, {
      delimiter: [",", ";", "\t"].toSorted((a, b) => countIn(text, b) - countIn(text, a)).slice(0, 1),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as string[][];
    return { encoding, headings, rows: rows.filter((row) => row.some(Boolean)) };
  } catch {
    return undefined;
  }
}

/** In the line of headings only: texts may hold any sign. */
const countIn = (text: string, sign: string): number => (text.split(/\r?\n/, 1)[0] ?? "").split(sign).length;

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

/** A cell that a spreadsheet must not take for a formula. */
const cell = (value: string): string => `"${(/^[=+\-@\t]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

export const toCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
