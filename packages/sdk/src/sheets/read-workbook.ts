import { isDateFormat, sheetDate } from "./number-format.ts";
import { BrokenFile, openZip, unzipText, type ZipEntry } from "./unzip.ts";
import { xmlReader } from "./xml-reader.ts";

/** A row as a spreadsheet counts it; the header is row 1. */
export interface SourceRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** A workbook that cannot be read, with the row it broke off at. */
export class UnreadableWorkbook extends Error {
  override readonly name = "UnreadableWorkbook";
  readonly row: number;

  constructor(row: number) {
    super(`a workbook cannot be read from row ${row} on`);
    this.row = row;
  }
}

type Zip = ReadonlyMap<string, ZipEntry>;

/** Columns of a sheet at most, as in the format itself. */
const MAX_COLUMNS = 16_384;
/** Characters of all shared texts at most: they are held in memory. */
const MAX_SHARED = 256_000_000;

async function readXml(entry: ZipEntry, on: Partial<Parameters<typeof xmlReader>[0]>): Promise<void> {
  const nothing = () => undefined;
  const reader = xmlReader({ open: nothing, text: nothing, close: nothing, ...on });
  for await (const piece of unzipText(entry)) reader.feed(piece);
  reader.end();
}

/** `_x000D_` stands for a character XML cannot hold. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

async function sharedTexts(zip: Zip, path: string): Promise<readonly string[]> {
  const entry = zip.get(path);
  const texts: string[] = [];
  if (!entry) return texts;
  let [text, size, isText, isPhonetic] = ["", 0, false, false];
  await readXml(entry, {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "t") isText = true;
      // How a name is spoken stands beside it and is no part of it.
      if (name === "rPh") isPhonetic = true;
    },
    text: (more) => {
      if (isText && !isPhonetic) text += more;
    },
    close: (name) => {
      if (name === "t") isText = false;
      if (name === "rPh") isPhonetic = false;
      if (name !== "si") return;
      size += text.length;
      if (size > MAX_SHARED) throw new BrokenFile("more text than can be held");
      texts.push(unescaped(text));
    },
  });
  return texts;
}

/** Per style of a cell: whether its numbers are dates. */
async function dateStyles(zip: Zip, path: string): Promise<readonly boolean[]> {
  const entry = zip.get(path);
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  if (!entry) return styles;
  let isCells = false;
  await readXml(entry, {
    open: (name, attribute) => {
      if (name === "numFmt") codes.set(Number(attribute("numFmtId")), attribute("formatCode") ?? "");
      if (name === "cellXfs") isCells = true;
      if (name !== "xf" || !isCells) return;
      const id = Number(attribute("numFmtId") ?? 0);
      styles.push(isDateFormat(id, codes.get(id)));
    },
    close: (name) => {
      if (name === "cellXfs") isCells = false;
    },
  });
  return styles;
}

interface Links {
  /** id -> path within the archive */
  readonly byId: ReadonlyMap<string, string>;
  /** last word of the kind -> path */
  readonly byKind: ReadonlyMap<string, string>;
}

function pathFrom(folder: string, target: string): string {
  const steps = target.startsWith("/") ? [] : folder.split("/").filter(Boolean);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}

/** What a part of the archive points at. */
async function linksOf(zip: Zip, part: string): Promise<Links> {
  const at = part.lastIndexOf("/") + 1;
  const folder = part.slice(0, at);
  const byId = new Map<string, string>();
  const byKind = new Map<string, string>();
  const entry = zip.get(`${folder}_rels/${part.slice(at)}.rels`);
  if (!entry) return { byId, byKind };
  await readXml(entry, {
    open: (name, attribute) => {
      if (name !== "Relationship") return;
      const path = pathFrom(folder, attribute("Target") ?? "");
      byId.set(attribute("Id") ?? "", path);
      byKind.set((attribute("Type") ?? "").split("/").at(-1) ?? "", path);
    },
  });
  return { byId, byKind };
}

interface Workbook {
  readonly sheets: readonly ZipEntry[];
  readonly texts: readonly string[];
  readonly dates: readonly boolean[];
  readonly since1904: boolean;
}

async function openWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<Workbook> {
  const zip = openZip(bytes);
  const path = (await linksOf(zip, "")).byKind.get("officeDocument") ?? "xl/workbook.xml";
  const book = zip.get(path);
  if (!book) throw new BrokenFile("no workbook in the archive");
  const { byId, byKind } = await linksOf(zip, path);
  const sheets: ZipEntry[] = [];
  let since1904 = false;
  await readXml(book, {
    open: (name, attribute) => {
      if (name === "workbookPr") since1904 = /^(?:1|true)$/.test(attribute("date1904") ?? "");
      const sheet = name === "sheet" ? zip.get(byId.get(attribute("id") ?? "") ?? "") : undefined;
      if (sheet) sheets.push(sheet);
    },
  });
  if (sheets.length === 0) throw new BrokenFile("no sheet in the workbook");
  return {
    sheets,
    texts: await sharedTexts(zip, byKind.get("sharedStrings") ?? ""),
    dates: await dateStyles(zip, byKind.get("styles") ?? ""),
    since1904,
  };
}

/** Column of an address like AB12, from 0. */
function columnOf(address: string | undefined, otherwise: number): number {
  const letters = /^[A-Z]{1,3}/.exec(address ?? "")?.[0];
  if (!letters) return otherwise;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

interface Cell {
  readonly column: number;
  readonly kind: string;
  readonly style: number;
}

function shown(book: Workbook, cell: Cell, text: string): string {
  if (cell.kind === "s") return book.texts[Number(text)] ?? "";
  if (cell.kind === "str" || cell.kind === "inlineStr") return unescaped(text);
  if (cell.kind === "b") return text === "1" ? "TRUE" : "FALSE";
  if (cell.kind === "e" || text === "") return "";
  if (cell.kind === "d") return text;
  const number = Number(text);
  if (Number.isNaN(number)) return text;
  return book.dates[cell.style] ? sheetDate(number, book.since1904) : String(number);
}

/** Collects the rows of a sheet as its text comes in. */
function rowReader(book: Workbook) {
  const ready: SourceRow[] = [];
  let [row, cells, cell, text, isValue, isPhonetic]: [number, string[], Cell | undefined, string, boolean, boolean] = [
    0,
    [],
    undefined,
    "",
    false,
    false,
  ];
  const opened: Readonly<Record<string, (attribute: (name: string) => string | undefined) => void>> = {
    row: (attribute) => {
      const told = Number(attribute("r"));
      row = Number.isInteger(told) && told > row ? told : row + 1;
      cells = [];
    },
    c: (attribute) => {
      const column = columnOf(attribute("r"), cells.length);
      if (column >= MAX_COLUMNS) throw new BrokenFile("more columns than a sheet has");
      cell = { column, kind: attribute("t") ?? "n", style: Number(attribute("s") ?? 0) };
      text = "";
    },
    v: () => {
      isValue = true;
    },
    t: () => {
      isValue = true;
    },
    rPh: () => {
      isPhonetic = true;
    },
  };
  const closed: Readonly<Record<string, () => void>> = {
    v: () => {
      isValue = false;
    },
    t: () => {
      isValue = false;
    },
    rPh: () => {
      isPhonetic = false;
    },
    c: () => {
      if (!cell) return;
      while (cells.length < cell.column) cells.push("");
      cells[cell.column] = shown(book, cell, text);
      cell = undefined;
    },
    row: () => void ready.push({ row, cells }),
  };
  const xml = xmlReader({
    open: (name, attribute) => opened[name]?.(attribute),
    text: (more) => {
      if (cell && isValue && !isPhonetic) text += more;
    },
    close: (name) => closed[name]?.(),
  });
  return { ...xml, take: () => ready.splice(0) };
}

/**
 * Reads the first sheet that holds anything, row by row, as a person sees it: dates without a time zone, results of
 * formulas, formatted text without its format. The packed file is held in memory, its sheets are not.
 *
 * @throws UnreadableWorkbook
 */
export async function* readWorkbook(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<SourceRow> {
  let row = 0;
  try {
    const book = await openWorkbook(bytes);
    for (const sheet of book.sheets) {
      row = 0;
      const reader = rowReader(book);
      let found = false;
      for await (const piece of unzipText(sheet)) {
        reader.feed(piece);
        for (const one of reader.take()) {
          found ||= one.cells.some((cell) => cell.trim() !== "");
          row = one.row;
          if (found) yield one;
        }
      }
      reader.end();
      if (found) return;
    }
  } catch (error) {
    if (error instanceof BrokenFile) throw new UnreadableWorkbook(row + 1);
    throw error;
  }
}
