import { DoorstepError } from "@doorstep/sdk";
import type { Delimiter, Encoding } from "@doorstep/sdk/sheets";
import { and, eq } from "drizzle-orm";
import type { JudgedRow } from "../checking/judge-row.ts";
import { headerKey, type Mapping } from "../mapping/mapping.ts";
import type { Reading } from "../reading/read-rows.ts";
import { imports, mappings, rows } from "../schema.ts";
import { type ImportCtx, type ImportRow, importOf, uploaded } from "./import-ctx.ts";
import { readingOf, sampleFile } from "./inspect-file.ts";
import { assertColumns, judgeFile } from "./judge-file.ts";

/** Work of one call; the page calls again until it is done, so no call comes near its deadline. */
const STEP_MS = 3_000;
const BATCH = 200;

export interface Choices {
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly mapping: Mapping;
  readonly source: string;
}

/** Notes how the file is to be read, for this time and the next one with these columns. What was judged is forgotten. */
export async function configureImport(ctx: ImportCtx, importId: string, choices: Choices): Promise<void> {
  const found = await importOf(ctx, importId, "uploaded", "checking", "checked");
  if (!found.format) throw new DoorstepError("import.state");
  const open = () => uploaded(ctx, importId);
  const reading = await readingOf(open, found.format, choices.encoding, choices.delimiter);
  const { columns } = await sampleFile(open, reading);
  assertColumns(columns, choices.mapping);
  await ctx.db.transaction(async (tx) => {
    await tx.delete(rows).where(eq(rows.importId, importId));
    await tx
      .update(imports)
      .set({
        state: "checking",
        encoding: reading.format === "csv" ? reading.encoding : null,
        delimiter: reading.format === "csv" ? reading.delimiter : null,
        columns: [...columns],
        mapping: choices.mapping,
        source: choices.source,
        readTo: 0,
      })
      .where(eq(imports.id, importId));
    const remembered = { mapping: choices.mapping, source: choices.source, at: ctx.now };
    await tx
      .insert(mappings)
      .values({ unitId: ctx.unit.id, headerKey: headerKey(columns), ...remembered })
      .onConflictDoUpdate({ target: [mappings.unitId, mappings.headerKey], set: remembered });
  });
}

export const readingOfImport = (found: ImportRow): Reading =>
  found.format === "xlsx"
    ? { format: "xlsx" }
    : { format: "csv", encoding: found.encoding as Encoding, delimiter: found.delimiter as Delimiter };

async function keep(ctx: ImportCtx, importId: string, judged: readonly JudgedRow[]): Promise<void> {
  const last = judged.at(-1);
  if (!last) return;
  await ctx.db.transaction(async (tx) => {
    await tx
      .insert(rows)
      .values(
        judged.map((one) => ({
          importId,
          row: one.row,
          sourceKey: one.key,
          state: one.record ? ("ready" as const) : ("bad" as const),
          record: one.record,
          problems: one.problems,
        })),
      )
      .onConflictDoNothing();
    await tx.update(imports).set({ readTo: last.row }).where(eq(imports.id, importId));
  });
}

/**
 * Judges rows for a few seconds, from where the last call stopped; nothing is imported.
 *
 * @returns whether the whole file has been judged.
 */
export async function checkImport(ctx: ImportCtx, importId: string): Promise<boolean> {
  const found = await importOf(ctx, importId, "checking", "checked");
  if (found.state === "checked") return true;
  if (!found.mapping) throw new DoorstepError("import.state");
  const taken = await ctx.db
    .select({ key: rows.sourceKey })
    .from(rows)
    .where(and(eq(rows.importId, importId), eq(rows.state, "ready")));
  const end = performance.now() + STEP_MS;
  let batch: JudgedRow[] = [];
  for await (const judged of judgeFile({
    bytes: uploaded(ctx, importId),
    reading: readingOfImport(found),
    mapping: found.mapping,
    source: found.source,
    timeZone: ctx.unit.timeZone,
    now: ctx.now,
    unitByCode: async (code) => (await ctx.units.byCode(code))?.id ?? null,
    after: { row: found.readTo, keys: new Set(taken.map((one) => one.key)) },
  })) {
    batch.push(judged);
    if (batch.length < BATCH) continue;
    await keep(ctx, importId, batch);
    batch = [];
    if (performance.now() > end || ctx.signal.aborted) return false;
  }
  await keep(ctx, importId, batch);
  await ctx.db.update(imports).set({ state: "checked" }).where(eq(imports.id, importId));
  return true;
}
