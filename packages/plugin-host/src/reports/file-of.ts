import type { Locale, ReportFormat, ReportResult, Text } from "@doorstep/contracts";
import { drawReport, wordsOfCell } from "@doorstep/kernel";
import { workbookOf } from "./workbook.ts";

/** What would be taken for a formula is told to be text. */
const csvCell = (value: string): string =>
  `"${(/^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+$/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** A table for a spreadsheet, its mark in the last line. */
function csvOf({ table }: ReportResult, mark: string, locale: Locale): Buffer {
  const lines = [
    table.columns.map((column) => column.title[locale]),
    ...table.rows.map((row) => table.columns.map(({ key }) => wordsOfCell(row[key], locale))),
    [mark],
  ];
  // the mark at the start tells a spreadsheet how the text is written
  return Buffer.from(`\uFEFF${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`);
}

interface How {
  readonly format: ReportFormat;
  readonly mark: Text;
  readonly locale: Locale;
  readonly at: Date;
}

/**
 * A report as a file, with its mark in it; `null` for paper, which the page itself is sent to.
 *
 * @throws DoorstepError `table.tooLongForPaper`
 */
export async function fileOf(result: ReportResult, { format, mark, locale, at }: How): Promise<Uint8Array | null> {
  switch (format) {
    case "csv":
      return csvOf(result, mark[locale], locale);
    case "xlsx":
      return await workbookOf(result, mark[locale], locale);
    case "pdf":
      return await drawReport(result, { mark, locale, at });
    case "print":
      return null;
  }
}
