import { sniffDelimiter } from "@doorstep/sdk/sheets";
import ExcelJs from "exceljs";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { columnNames, type Reading, readRows } from "./read-rows.ts";

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
const csv = (more: Partial<Extract<Reading, { format: "csv" }>> = {}): Reading => ({
  format: "csv",
  encoding: "utf-8",
  delimiter: ",",
  ...more,
});
const read = async (bytes: Uint8Array, reading: Reading, size = 7) =>
  await collect(readRows(pieces(bytes, size), reading));

test("cells hold commas, quotation marks and line ends, and empty rows keep their number", async () => {
  const bytes = Buffer.from('\uFEFFa,b\r\n"1, 2","he said ""no""\nand left"\r\n,\r\n3,a "quoted" word\r\n');

  expect(await read(bytes, csv())).toEqual([
    { row: 1, cells: ["a", "b"] },
    { row: 2, cells: ["1, 2", 'he said "no"\nand left'] },
    { row: 4, cells: ["3", 'a "quoted" word'] },
  ]);
});

test("a character cut in two by a piece's end is read whole", async () => {
  const text = "编号,内容\n1,小区物业管理问题㐀𠮷\n";
  for (const encoding of ["utf-8", "gb18030"] as const)
    for (const size of [1, 2, 3, 5])
      expect((await read(iconv.encode(text, encoding), csv({ encoding }), size))[1]?.cells[1]).toBe(
        "小区物业管理问题㐀𠮷",
      );
});

test("a file that cannot be read says from which row on", async () => {
  const noWorkbook = Buffer.from("PK\u0003\u0004 this is no workbook");

  await expect(read(noWorkbook, { format: "xlsx" })).rejects.toMatchObject({ code: "import.unreadable" });
  await expect(read(Buffer.from(`a,b\n1,2\n"${"x".repeat(1_100_000)}`), csv(), 65_536)).rejects.toMatchObject({
    code: "import.unreadable",
    params: { row: 3 },
  });
});

test("a workbook's dates, numbers, formulas and formatted text come as they are shown", async () => {
  const book = new ExcelJs.Workbook();
  const sheet = book.addWorksheet("one");
  sheet.addRow(["id", "opened", "text", "sum", "link"]);
  sheet.addRow([
    7,
    new Date("2019-04-25T09:32:09Z"),
    { richText: [{ text: "two " }, { text: "parts", font: { bold: true } }] },
    { formula: "1+1", result: 2 },
    { text: "here", hyperlink: "http://localhost/" },
  ]);
  sheet.addRow([8, new Date("2019-04-26T00:00:00Z")]);
  const bytes = Buffer.from(await book.xlsx.writeBuffer());

  const rows = await collect(readRows(pieces(bytes, 4_096), { format: "xlsx" }));

  expect(rows.map((row) => row.cells)).toEqual([
    ["id", "opened", "text", "sum", "link"],
    ["7", "2019-04-25 09:32:09", "two parts", "2", "here"],
    ["8", "2019-04-26"],
  ]);
});

test.each([
  ["a,b,c\n1,2,3\n4,5,6", ","],
  ["a;b\n1,5;2\n3;4,5", ";"],
  ["a\tb\n1\t2", "\t"],
  ["a|b\n1|2", "|"],
  ['a,b\n"x;y;z",2\n"p;q;r",3', ","],
  ["只有一列\n甲\n乙", ","],
])("%j is split at %j", (text, delimiter) => {
  expect(sniffDelimiter(text)).toBe(delimiter);
});

test("every column has a name of its own", () => {
  expect(columnNames(["id", " id ", "", "text"])).toEqual(["id", "id#2", "#3", "text"]);
});
