import { DoorstepError, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { RequestCtx } from "@doorstep/sdk/server";
import { and, asc, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import type { Bytes } from "../reading/read-rows.ts";
import { chunks, imports } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type ImportCtx = RequestCtx<SpecOf<typeof plugin>>;
export type ImportRow = typeof imports.$inferSelect;

/** An import of the call's unit. @throws DoorstepError `import.notFound`, `import.state` */
export async function importOf(
  ctx: ImportCtx,
  importId: string,
  ...states: readonly ImportRow["state"][]
): Promise<ImportRow> {
  const [found] = await ctx.db
    .select()
    .from(imports)
    .where(and(eq(imports.id, importId), eq(imports.unitId, ctx.unit.id)));
  if (!found) throw new DoorstepError("import.notFound");
  if (states.length > 0 && !states.includes(found.state)) throw new DoorstepError("import.state");
  return found;
}

/** The uploaded file from its first byte, piece by piece. */
export async function* uploaded(ctx: ImportCtx, importId: string): Bytes & AsyncGenerator<Uint8Array> {
  const pieces = await ctx.db
    .select({ fileId: chunks.fileId })
    .from(chunks)
    .where(eq(chunks.importId, importId))
    .orderBy(asc(chunks.no));
  for (const { fileId } of pieces) {
    const bytes = await ctx.files.get(fileId);
    if (!bytes) throw new DoorstepError("import.state");
    yield bytes;
  }
}
