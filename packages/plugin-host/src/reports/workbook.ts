import { once } from "node:events";
import { PassThrough, type Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Locale, ReportCell, ReportResult, ReportTable, Text } from "@doorstep/contracts";
import ExcelJs from "exceljs";

/** What a sheet's name may not hold. */
const FORBIDDEN = /[*?:/\\[\]]/g;
const LONGEST_NAME = 31;
/** So many rows are written before it is asked whether whoever reads them has kept up. */
const AT_ONCE = 500;

/** Words in the language of the file; numbers stay numbers. */
const cellOf = (value: ReportCell | undefined, locale: Locale) =>
  typeof value === "object" && value !== null ? value[locale] : (value ?? null);

/** A workbook of one sheet, before its rows are read. */
export interface Book {
  readonly title: Text;
  readonly columns: readonly ReportTable["columns"][number][];
  readonly rows: Iterable<ReportTable["rows"][number]> | AsyncIterable<ReportTable["rows"][number]>;
  readonly at: Date;
  /** below the last row, and at the foot of each page */
  readonly mark: string;
  readonly locale: Locale;
  /** The most rows it takes. What comes after them is left out, and the line below says so. */
  readonly most?: { readonly rows: number; readonly left: string } | undefined;
}

/**
 * Writes a workbook row by row, holding a few hundred of them: the first line stays in sight, texts stay texts, whatever
 * they begin with. Stops where nobody reads any more.
 *
 * @returns how many rows were written
 */
export async function writeWorkbook(out: Writable, book: Book): Promise<number> {
  const { columns, locale, mark } = book;
  const writer = new ExcelJs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  writer.created = book.at;
  const name = book.title[locale].replaceAll(FORBIDDEN, " ").slice(0, LONGEST_NAME).trim();
  const sheet = writer.addWorksheet(name || "1", {
    views: [{ state: "frozen", ySplit: 1 }],
    // an ampersand begins a field there
    headerFooter: { oddFooter: mark.replaceAll("&", "&&") },
  });
  const head = sheet.addRow(columns.map((column) => column.title[locale]));
  head.font = { bold: true };
  head.commit();
  let count = 0;
  for await (const row of book.rows) {
    if (count === book.most?.rows) {
      sheet.addRow([book.most.left]).commit();
      break;
    }
    if (out.destroyed) return count;
    sheet.addRow(columns.map(({ key }) => cellOf(row[key], locale))).commit();
    count += 1;
    if (count % AT_ONCE === 0) await keptUp(out);
  }
  if (out.destroyed) return count;
  sheet.addRow([mark]).commit();
  // what is packed goes nowhere once the reader has left, and nothing would say so
  await Promise.race([writer.commit(), once(out, "close")]);
  return count;
}

/** Lets the rows so far be packed, and waits for a reader that is slower than the rows come. */
async function keptUp(out: Writable): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (out.writableNeedDrain && !out.destroyed) await Promise.race([once(out, "drain"), once(out, "close")]);
}

/** A table that is there already. */
export async function workbookOf({ title, at, table }: ReportResult, mark: string, locale: Locale): Promise<Buffer> {
  const out = new PassThrough();
  const whole = buffer(out);
  await writeWorkbook(out, { title, columns: table.columns, rows: table.rows, at: new Date(at), mark, locale });
  return await whole;
}
