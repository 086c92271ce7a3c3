import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { listKind } from "./file-kind.ts";
import { isDateFormat, sheetDate } from "./number-format.ts";
import { readWorkbook } from "./read-workbook.ts";

interface Made {
  readonly name: string;
  readonly text: string;
  /** announced instead of the true size */
  readonly size?: number;
}

/** A zip archive of texts, packed. */
function zip(files: readonly Made[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, text, size = Buffer.byteLength(text) } of files) {
    const packed = deflateRawSync(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local, Buffer.from(name), packed);
    list.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, ...list, end]));
}

const links = (...all: readonly (readonly [id: string, kind: string, target: string])[]) =>
  `<Relationships>${all.map(([id, kind, target]) => `<Relationship Id="${id}" Type="x/${kind}" Target="${target}"/>`).join("")}</Relationships>`;

/** A workbook whose second sheet holds the rows given; names carry a prefix, as some programs write them. */
const book = (rows: string, more: Partial<Record<"shared" | "styles" | "head", string>> = {}): readonly Made[] => [
  { name: "_rels/.rels", text: links(["r1", "officeDocument", "/xl/book.xml"]) },
  {
    name: "xl/book.xml",
    text: `<?xml version="1.0"?><x:workbook>${more.head ?? ""}<x:sheets><x:sheet name="a" r:id="r1"/><x:sheet name="b" r:id="r2"/></x:sheets></x:workbook>`,
  },
  {
    name: "xl/_rels/book.xml.rels",
    text: links(
      ["r1", "worksheet", "sheets/1.xml"],
      ["r2", "worksheet", "../xl/sheets/2.xml"],
      ["r3", "sharedStrings", "shared.xml"],
      ["r4", "styles", "styles.xml"],
    ),
  },
  { name: "xl/sheets/1.xml", text: "<worksheet><sheetData><row r='1'><c r='A1'/></row></sheetData></worksheet>" },
  { name: "xl/sheets/2.xml", text: `<x:worksheet><x:sheetData>${rows}</x:sheetData></x:worksheet>` },
  { name: "xl/shared.xml", text: more.shared ?? "<sst/>" },
  { name: "xl/styles.xml", text: more.styles ?? "<styleSheet/>" },
];

async function cellsOf(files: readonly Made[]): Promise<readonly (readonly [number, readonly string[]])[]> {
  const rows: [number, readonly string[]][] = [];
  for await (const { row, cells } of readWorkbook(zip(files))) rows.push([row, cells]);
  return rows;
}

test("the first sheet with anything in it is read; cells and rows left out keep their places", async () => {
  const rows = `<x:row r="2"><x:c r="A2" t="s"><x:v>1</x:v></x:c><x:c r="C2" t="inlineStr"><x:is><x:t>a &lt; b &#x4e2d;_x000D_</x:t></x:is></x:c></x:row>
    <x:row><x:c><x:v>1E3</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="str"><x:f>A&amp;B</x:f><x:v>sum</x:v></x:c></x:row>`;
  const shared =
    "<sst><si><t>no</t></si><si><r><t>王</t></r><r><t>五</t></r><rPh><t>wang</t></rPh></si></sst><!-- > <si> -->";

  expect(await cellsOf(book(rows, { shared }))).toEqual([
    [2, ["王五", "", "a < b 中\r"]],
    [3, ["1000", "TRUE", "", "sum"]],
  ]);
});

test("numbers are dates where their style says so, counted from 1904 where the workbook says so", async () => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/></cellXfs></styleSheet>`;
  const rows = '<row r="1"><c s="0"><v>43580</v></c><c s="1"><v>43580</v></c><c s="2"><v>43580.5</v></c></row>';

  expect(await cellsOf(book(rows, { styles }))).toEqual([[1, ["43580", "2019-04-25", "2019-04-25 12:00:00"]]]);
  expect(await cellsOf(book(rows, { styles, head: '<workbookPr date1904="1"/>' }))).toEqual([
    [1, ["43580", "2023-04-26", "2023-04-26 12:00:00"]],
  ]);
});

test.each([
  [14, undefined, true],
  [0, undefined, false],
  [164, "0.00", false],
  [164, '[Red]#,##0 "days"', false],
  [164, "[h]:mm", true],
  [164, "[$-804]yyyy/m/d", true],
  [164, "General", false],
  [164, "\\d0", false],
])("format %d %j is one of dates: %j", (id, code, isDate) => {
  expect(isDateFormat(id, code)).toBe(isDate);
});

test.each([
  [1, "1900-01-01"],
  [61, "1900-03-01"],
  [0.75, "18:00:00"],
  [43580.999999, "2019-04-26"],
  [-1, "-1"],
])("the number %d is shown as %s", (serial, shown) => {
  expect(sheetDate(serial, false)).toBe(shown);
});

describe("a workbook that cannot be trusted is refused, with the row", () => {
  const good = book('<row r="1"><c><v>1</v></c></row>');
  const sheetOf = (text: string) => good.map((file) => (file.name === "xl/sheets/2.xml" ? { ...file, text } : file));

  test.each<[string, readonly Made[]]>([
    ["a document type", sheetOf('<!DOCTYPE x SYSTEM "http://localhost/x"><row r="1"><c><v>1</v></c></row>')],
    ["entities of its own", sheetOf('<!DOCTYPE x [<!ENTITY a "b">]><row r="1"><c><v>1</v></c></row>')],
    ["a cell beyond the last column", sheetOf('<row r="1"><c r="ZZZ1"><v>1</v></c></row>')],
    ["a text that breaks off", sheetOf('<worksheet><row r="1"><c><v>1')],
    [
      "more than was announced",
      good.map((file) => (file.name === "xl/sheets/2.xml" ? { ...file, size: file.text.length - 1 } : file)),
    ],
    ["no sheet", good.filter((file) => !file.name.startsWith("xl/sheets"))],
    ["no workbook", good.filter((file) => file.name !== "xl/book.xml")],
  ])("%s", async (_, files) => {
    await expect(cellsOf(files)).rejects.toMatchObject({ name: "UnreadableWorkbook", row: 1 });
  });

  test("every cut of a good one ends in the same refusal", async () => {
    const bytes = zip(good);
    for (let length = 0; length < bytes.length; length += 7) {
      const rows = readWorkbook(bytes.slice(0, length));
      await expect(rows.next()).rejects.toMatchObject({ name: "UnreadableWorkbook" });
    }
  });
});

test("a list is told by its first bytes", () => {
  const bytes = (...all: number[]) => Uint8Array.from(all);
  expect(listKind(bytes(0x50, 0x4b, 3, 4))).toBe("workbook");
  expect(listKind(bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toBe("oldWorkbook");
  expect(listKind(new TextEncoder().encode("%PDF-1.7"))).toBe("other");
  expect(listKind(new TextEncoder().encode("code,name"))).toBe("text");
  expect(listKind(bytes())).toBe("text");
});
