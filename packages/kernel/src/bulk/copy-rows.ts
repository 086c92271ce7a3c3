import { armColumns } from "../pipeline/batch.ts";
import type { Row } from "./memory-tables.ts";

interface CopyTable {
  readonly table: string;
  readonly columns: readonly string[];
}

const columnsOf = (table: string, columns: readonly string[]): readonly string[] => [
  ...new Set([
    ...columns,
    ...Object.values(armColumns.updates)
      .filter((arm) => arm.table === table)
      .flatMap((arm): readonly string[] => arm.columns),
  ]),
];

/** Every table a command writes, in an order in which what is referred to comes first. */
export const copyTables: readonly CopyTable[] = [
  ...Object.entries(armColumns.vaultInserts)
    .filter(([table]) => table !== "openings")
    .map(([table, columns]) => ({ table: `vault.${table}`, columns })),
  ...Object.entries(armColumns.inserts).map(([table, columns]) => ({
    table: `kernel.${table}`,
    columns: columnsOf(table, columns),
  })),
];

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const special = /[\\\t\n\r]/;
const escaped = (text: string): string =>
  special.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c) : text;

/** `flags` is the one array of PostgreSQL's own; all other structures are jsonb. */
const arrayText = (items: readonly unknown[]): string => `{${items.map((item) => JSON.stringify(item)).join(",")}}`;

function field(column: string, value: unknown): string {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "string") return escaped(value);
  if (Array.isArray(value) && column === "flags") return escaped(arrayText(value));
  if (typeof value === "object") return escaped(JSON.stringify(value));
  return String(value);
}

/** One line of PostgreSQL's text format. */
export function copyLine(columns: readonly string[], row: Row): string {
  let line = "";
  for (const column of columns) line += `${field(column, row[column])}\t`;
  return `${line.slice(0, -1)}\n`;
}

/** The statement that takes such lines. */
export const copyStatement = ({ table, columns }: CopyTable): string =>
  `copy ${table} (${columns.join(", ")}) from stdin`;
