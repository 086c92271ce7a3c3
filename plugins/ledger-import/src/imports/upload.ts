import { DoorstepError } from "@doorstep/sdk";
import { and, eq, sql } from "drizzle-orm";
import { chunks, imports, rows } from "../schema.ts";
import { type ImportCtx, importOf } from "./import-ctx.ts";

/** Bytes of one piece of an upload. */
export const CHUNK = 512 * 1024;

/** Announces a file. @throws DoorstepError `file.tooLarge`, `file.empty` */
export async function beginUpload(
  ctx: ImportCtx,
  file: { readonly fileName: string; readonly size: number },
): Promise<{ importId: string; chunkBytes: number }> {
  const { maxMegabytes } = ctx.settings;
  if (file.size > maxMegabytes * 1024 * 1024) throw new DoorstepError("file.tooLarge", { maxMb: maxMegabytes });
  if (file.size === 0) throw new DoorstepError("file.empty");
  const importId = ctx.newId();
  await ctx.db.insert(imports).values({
    id: importId,
    unitId: ctx.unit.id,
    byPerson: ctx.user?.id ?? "",
    fileName: file.fileName,
    fileSize: file.size,
    state: "uploading",
    columns: [],
    source: "",
    readTo: 0,
    createdAt: ctx.now,
  });
  return { importId, chunkBytes: CHUNK };
}

/** Takes one piece; the same piece sent again is taken once. */
export async function takeChunk(
  ctx: ImportCtx,
  piece: { readonly importId: string; readonly no: number; readonly bytes: Uint8Array },
): Promise<{ received: number }> {
  const { importId, no, bytes } = piece;
  const found = await importOf(ctx, importId, "uploading");
  if (bytes.byteLength > CHUNK || no * CHUNK + bytes.byteLength > found.fileSize)
    throw new DoorstepError("input.invalid");
  const fileId = await ctx.files.put(bytes);
  const kept = await ctx.db
    .insert(chunks)
    .values({ importId, no, fileId, size: bytes.byteLength })
    .onConflictDoNothing()
    .returning();
  if (kept.length === 0) await ctx.files.remove(fileId);
  const [sum] = await ctx.db
    .select({ received: sql<number>`coalesce(sum(${chunks.size}), 0)::int` })
    .from(chunks)
    .where(eq(chunks.importId, importId));
  const received = sum?.received ?? 0;
  if (received === found.fileSize)
    await ctx.db.update(imports).set({ state: "uploaded" }).where(eq(imports.id, importId));
  return { received };
}

/** Removes the file itself; what was imported and the report stay. */
export async function removeFile(ctx: ImportCtx, importId: string): Promise<void> {
  const gone = await ctx.db.delete(chunks).where(eq(chunks.importId, importId)).returning();
  for (const { fileId } of gone) await ctx.files.remove(fileId);
}

/** Throws an import away that has not begun to write. @throws DoorstepError `import.state` */
export async function discardImport(ctx: ImportCtx, importId: string): Promise<void> {
  await importOf(ctx, importId, "uploading", "uploaded", "checking", "checked");
  await removeFile(ctx, importId);
  await ctx.db.delete(rows).where(eq(rows.importId, importId));
  await ctx.db.delete(imports).where(and(eq(imports.id, importId), eq(imports.unitId, ctx.unit.id)));
}
