/** Reads lists that people bring: workbooks, XML, and texts in the encodings old registers come in. Runs in server and browser. */
export { type Delimiter, delimiters, sniffDelimiter } from "./sheets/delimiters.ts";
export { detectEncoding, type Guess } from "./sheets/detect-encoding.ts";
export { type Encoding, encodings } from "./sheets/encodings.ts";
export { isWorkbook, type ListKind, listKind } from "./sheets/file-kind.ts";
export { readWorkbook, type SourceRow, UnreadableWorkbook } from "./sheets/read-workbook.ts";
export { BrokenFile } from "./sheets/unzip.ts";
export { type XmlHandler, xmlReader } from "./sheets/xml-reader.ts";
