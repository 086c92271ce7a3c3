/** The same import for the command line: reading, judging and reporting are the plugin's own. */
import type { ImportOutcome, ImportRecord } from "@doorstep/sdk";
import { type Delimiter, delimiters, type Encoding, encodings } from "@doorstep/sdk/sheets";
import type { JudgedRow } from "./checking/judge-row.ts";
import { inspectFile, readingOf, sampleFile } from "./imports/inspect-file.ts";
import { assertColumns, judgeFile } from "./imports/judge-file.ts";
import { type ReportLine, reportCsv } from "./imports/report.ts";
import { RUN_BATCH } from "./imports/run-import.ts";
import { type Mapping, type MappingInput, mapping as mappingSchema } from "./mapping/mapping.ts";
import type { Bytes, Reading } from "./reading/read-rows.ts";
import type { RowState } from "./schema.ts";

export {
  type Bytes,
  type Delimiter,
  delimiters,
  type Encoding,
  encodings,
  type MappingInput,
  type ReportLine,
  reportCsv,
};

export interface LedgerImport {
  /** the file from its first byte, each time it is called */
  readonly open: () => Bytes;
  /** what is not named is proposed from the columns' names */
  readonly mapping: Partial<MappingInput>;
  /** none: the best guess */
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly source: string;
  readonly timeZone: string;
  /** ISO instant */
  readonly now: string;
  readonly unitByCode: (code: string) => Promise<string | null>;
  /** Writes records; absent in a dry run. */
  readonly send?: (records: readonly ImportRecord[]) => Promise<readonly ImportOutcome[]>;
  readonly onProgress?: (row: number) => void;
}

export interface LedgerResult {
  readonly reading: Reading;
  readonly mapping: Mapping;
  readonly lines: readonly ReportLine[];
  readonly counts: Readonly<Record<RowState, number>>;
}

const lineOf = (
  judged: JudgedRow,
  state: RowState,
  caseNo: string | null,
  problems: ReportLine["problems"],
): ReportLine => ({
  row: judged.row,
  key: judged.key,
  state,
  caseNo,
  problems,
});

async function sendBatch(
  batch: readonly JudgedRow[],
  send: NonNullable<LedgerImport["send"]>,
): Promise<readonly ReportLine[]> {
  const outcomes = await send(batch.flatMap((one) => one.record ?? []));
  return batch.flatMap((judged, i) => {
    const outcome = outcomes[i];
    return outcome ? lineOf(judged, outcome.result, outcome.caseNo, outcome.problem ? [outcome.problem] : []) : [];
  });
}

/**
 * Imports a register, or tries it out. Started again after it broke off it goes on where it stopped: the kernel knows
 * every record by source and key.
 *
 * @throws DoorstepError `import.empty`, `import.unreadable`, `import.columnMissing`, and what `send` is refused with.
 */
export async function importLedger(ledger: LedgerImport): Promise<LedgerResult> {
  const inspected = await inspectFile(ledger.open());
  const encoding = ledger.encoding ?? inspected.guesses[0]?.encoding ?? null;
  const reading = await readingOf(ledger.open, inspected.format, encoding, ledger.delimiter);
  const sample = await sampleFile(ledger.open, reading);
  const mapping = mappingSchema.parse({ receivedAt: "", ...sample.proposal, ...ledger.mapping });
  assertColumns(sample.columns, mapping);
  const lines: ReportLine[] = [];
  let batch: JudgedRow[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    lines.push(
      ...(ledger.send ? await sendBatch(batch, ledger.send) : batch.map((one) => lineOf(one, "ready", null, []))),
    );
    ledger.onProgress?.(batch.at(-1)?.row ?? 0);
    batch = [];
  };
  for await (const judged of judgeFile({ ...ledger, bytes: ledger.open(), reading, mapping })) {
    if (judged.record) batch.push(judged);
    else lines.push(lineOf(judged, "bad", null, judged.problems));
    if (batch.length >= RUN_BATCH) await flush();
  }
  await flush();
  lines.sort((a, b) => a.row - b.row);
  const counts = { ready: 0, bad: 0, created: 0, same: 0, refused: 0 };
  for (const { state } of lines) counts[state] += 1;
  return { reading, mapping, lines, counts };
}
