import type { ImportOutcome, ImportRecord } from "@doorstep/sdk";
import { and, asc, eq, sql } from "drizzle-orm";
import { imports, rows } from "../schema.ts";
import { type ImportCtx, importOf } from "./import-ctx.ts";
import { removeFile } from "./upload.ts";

const STEP_MS = 3_000;
/** Records written in one transaction of the kernel. */
export const RUN_BATCH = 100;

async function keepOutcomes(ctx: ImportCtx, importId: string, outcomes: readonly (ImportOutcome & { row: number })[]) {
  const facts = JSON.stringify(
    outcomes.map(({ row, result, caseNo, problem }) => ({
      row,
      state: result,
      caseNo,
      problems: problem ? [problem] : [],
    })),
  );
  // The record itself is not needed any more: the kernel has it.
  await ctx.db.execute(sql`
    update ${rows} r set state = o.state, case_no = o."caseNo", problems = o.problems, record = null
    from jsonb_to_recordset(${facts}::jsonb) as o (row int, state text, "caseNo" text, problems jsonb)
    where r.import_id = ${importId} and r.row = o.row`);
}

/**
 * Imports for a few seconds, from where the last call stopped. A process killed between writing and noting it sends the
 * same records again; the kernel knows them by source and key and answers `same`, so nothing is lost or doubled.
 *
 * @returns whether every row has its result.
 */
export async function runImport(ctx: ImportCtx, importId: string): Promise<boolean> {
  const found = await importOf(ctx, importId, "checked", "running", "done");
  if (found.state === "done") return true;
  if (found.state === "checked") await ctx.db.update(imports).set({ state: "running" }).where(eq(imports.id, importId));
  const end = performance.now() + STEP_MS;
  while (performance.now() < end && !ctx.signal.aborted) {
    const ready = await ctx.db
      .select({ row: rows.row, record: rows.record })
      .from(rows)
      .where(and(eq(rows.importId, importId), eq(rows.state, "ready")))
      .orderBy(asc(rows.row))
      .limit(RUN_BATCH);
    if (ready.length === 0) {
      await removeFile(ctx, importId);
      await ctx.db.update(imports).set({ state: "done", finishedAt: ctx.now }).where(eq(imports.id, importId));
      return true;
    }
    const outcomes = await ctx.intake.import(ready.map((one) => one.record as ImportRecord));
    await keepOutcomes(
      ctx,
      importId,
      outcomes.map((outcome, i) => ({ ...outcome, row: ready[i]?.row ?? 0 })),
    );
  }
  return false;
}
