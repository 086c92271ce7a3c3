import { desc, eq } from "drizzle-orm";
import { imports } from "../schema.ts";
import type { ImportCtx } from "./import-ctx.ts";

/** The cells of a row in the order of its file; columns that no file of ours names come last, as they were kept. */
export function inFileOrder<T extends { readonly column: string }>(
  cells: readonly T[],
  columns: readonly string[],
): readonly T[] {
  const place = (cell: T): number => {
    const at = columns.indexOf(cell.column);
    return at < 0 ? columns.length : at;
  };
  return cells.toSorted((a, b) => place(a) - place(b));
}

/** The row of the old register behind a petition; `null` where the asker may not see it, or it was filed here. */
export async function originalRow(ctx: ImportCtx, caseId: string) {
  const found = await ctx.cases.original(caseId);
  if (!found) return null;
  const files = await ctx.db
    .select({ columns: imports.columns })
    .from(imports)
    .where(eq(imports.source, found.source))
    .orderBy(desc(imports.createdAt))
    .limit(20);
  const named = new Set([...found.cells.map((cell) => cell.column), ...found.withheld]);
  const file = files.find(({ columns }) => [...named].every((column) => columns.includes(column)));
  return { ...found, cells: inFileOrder(found.cells, file?.columns ?? []) };
}
