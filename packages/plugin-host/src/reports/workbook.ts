import type { Locale, ReportResult } from "@doorstep/contracts";
import ExcelJs from "exceljs";

/** What a sheet's name may not hold. */
const FORBIDDEN = /[*?:/\\[\]]/g;
const LONGEST_NAME = 31;

/** The table as a workbook: one sheet, its first line stays in sight. Texts stay texts, whatever they begin with. */
export async function workbookOf(result: ReportResult, locale: Locale): Promise<Buffer> {
  const { columns, rows } = result.table;
  const book = new ExcelJs.Workbook();
  book.created = new Date(result.at);
  const name = result.title[locale].replaceAll(FORBIDDEN, " ").slice(0, LONGEST_NAME).trim();
  const sheet = book.addWorksheet(name || "1", { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.addRow(columns.map((column) => column.title[locale])).font = { bold: true };
  for (const row of rows) sheet.addRow(columns.map((column) => row[column.key] ?? null));
  return Buffer.from(await book.xlsx.writeBuffer());
}
