import { DoorstepError } from "@doorstep/sdk";
import { type JudgedRow, type Judging, judgeRow } from "../checking/judge-row.ts";
import { type Mapping, mappedColumns } from "../mapping/mapping.ts";
import { type Bytes, columnNames, type Reading, readRows } from "../reading/read-rows.ts";

export interface JudgeFile {
  readonly bytes: Bytes;
  readonly reading: Reading;
  readonly mapping: Mapping;
  readonly source: string;
  readonly timeZone: string;
  readonly now: string;
  readonly unitByCode: (code: string) => Promise<string | null>;
  /** rows up to this one were judged before, these keys are taken by them */
  readonly after?: { readonly row: number; readonly keys: ReadonlySet<string> };
}

/** @throws DoorstepError `import.columnMissing` where a mapped column is not in the file. */
export function assertColumns(columns: readonly string[], mapping: Mapping): void {
  for (const column of mappedColumns(mapping))
    if (!columns.includes(column)) throw new DoorstepError("import.columnMissing", { column });
}

/** Judges a file row by row; also the way the command line goes. */
export async function* judgeFile(file: JudgeFile): AsyncGenerator<JudgedRow> {
  const taken = new Set(file.after?.keys);
  const units = new Map<string, string | null>();
  const unitOf = async (code: string): Promise<string | null> => {
    const known = units.get(code);
    if (known !== undefined) return known;
    const found = code === "" ? null : await file.unitByCode(code);
    units.set(code, found);
    return found;
  };
  let judging: Judging | undefined;
  for await (const source of readRows(file.bytes, file.reading)) {
    if (!judging) {
      const columns = columnNames(source.cells);
      assertColumns(columns, file.mapping);
      judging = {
        columns,
        mapping: file.mapping,
        encoding: file.reading.format === "csv" ? file.reading.encoding : null,
        source: file.source,
        timeZone: file.timeZone,
        now: file.now,
        unitOf,
        isTaken: (key) => taken.has(key),
      };
      continue;
    }
    if (file.after && source.row <= file.after.row) continue;
    const judged = await judgeRow(source, judging);
    if (judged.record) taken.add(judged.key);
    yield judged;
  }
}
