/** What a file of rows is by its first bytes: a workbook, a text, or something no list can be read from. */
export type ListKind = "workbook" | "text" | "oldWorkbook" | "other";

const starts = (sample: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, i) => sample[i] === byte);

/** Beginnings of files that are neither text nor workbook: PDF, PNG, JPEG, GIF, RAR, 7z, gzip. */
const others: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46, 0x2d],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b, 0x08],
];

/** XLSX files are zip archives. */
export const isWorkbook = (sample: Uint8Array): boolean => starts(sample, [0x50, 0x4b, 0x03, 0x04]);

/** Tells a list by its first bytes; names and endings of files are not trusted. */
export function listKind(sample: Uint8Array): ListKind {
  if (isWorkbook(sample)) return "workbook";
  // XLS, and an XLSX with a password: both are compound files.
  if (starts(sample, [0xd0, 0xcf, 0x11, 0xe0])) return "oldWorkbook";
  return others.some((magic) => starts(sample, magic)) ? "other" : "text";
}
