import type { Locale, ReportCell, ReportResult } from "@doorstep/contracts";
import ExcelJs from "exceljs";

/** What a sheet's name may not hold. */
const FORBIDDEN = /[*?:/\\[\]]/g;
const LONGEST_NAME = 31;

/** Words in the language of the file; numbers stay numbers. */
const cellOf = (value: ReportCell | undefined, locale: Locale) =>
  typeof value === "object" && value !== null ? value[locale] : (value ?? null);

/**
 * The table as a workbook: one sheet, its first line stays in sight, its mark below the last and at the foot of each page.
 * Texts stay texts, whatever they begin with.
 */
export async function workbookOf(result: ReportResult, mark: string, locale: Locale): Promise<Buffer> {
  const { columns, rows } = result.table;
  const book = new ExcelJs.Workbook();
  book.created = new Date(result.at);
  const name = result.title[locale].replaceAll(FORBIDDEN, " ").slice(0, LONGEST_NAME).trim();
  const sheet = book.addWorksheet(name || "1", {
    views: [{ state: "frozen", ySplit: 1 }],
    // an ampersand begins a field there
    headerFooter: { oddFooter: mark.replaceAll("&", "&&") },
  });
  sheet.addRow(columns.map((column) => column.title[locale])).font = { bold: true };
  for (const row of rows) sheet.addRow(columns.map((column) => cellOf(row[column.key], locale)));
  sheet.addRow([mark]);
  return Buffer.from(await book.xlsx.writeBuffer());
}
