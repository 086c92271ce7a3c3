import { locales } from "@doorstep/sdk";
import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { delimiters, encodings } from "@doorstep/sdk/sheets";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { checkImport, configureImport } from "./imports/check-import.ts";
import { importOf, uploaded } from "./imports/import-ctx.ts";
import { inspectFile, readingOf, sampleFile } from "./imports/inspect-file.ts";
import { originalRow } from "./imports/original-row.ts";
import { listImports, progressOf, reportFile, reportPage } from "./imports/report.ts";
import { runImport } from "./imports/run-import.ts";
import { beginUpload, CHUNK, discardImport, takeChunk } from "./imports/upload.ts";
import { headerKey, mapping } from "./mapping/mapping.ts";
import { plugin } from "./plugin.ts";
import { imports, mappings } from "./schema.ts";

const { router, procedure } = pluginRpc(plugin);
const byId = z.object({ importId: z.uuid() });
const reading = {
  encoding: z.enum(encodings).nullable(),
  delimiter: z.enum(delimiters).nullable(),
};
const sourceName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((name) => !name.includes("\0"), { error: "text.characters" });

export default pluginServer(plugin, {
  router: router({
    // Whoever may see the case may see the row it comes from: the kernel is asked.
    original: procedure()
      .input(z.object({ caseId: z.uuid() }))
      .query(({ ctx, input }) => originalRow(ctx, input.caseId)),
    list: procedure("run").query(({ ctx }) => listImports(ctx)),
    get: procedure("run")
      .input(byId)
      .query(({ ctx, input }) => progressOf(ctx, input.importId)),
    begin: procedure("run")
      .input(z.object({ fileName: z.string().trim().min(1).max(200), size: z.number().int().min(0) }))
      .mutation(({ ctx, input }) => beginUpload(ctx, input)),
    chunk: procedure("run")
      .input(
        byId.extend({ no: z.number().int().min(0).max(5_000), data: z.base64().max(Math.ceil(CHUNK / 3) * 4 + 4) }),
      )
      .mutation(({ ctx, input }) =>
        takeChunk(ctx, { ...input, bytes: new Uint8Array(Buffer.from(input.data, "base64")) }),
      ),
    inspect: procedure("run")
      .input(byId)
      .mutation(async ({ ctx, input }) => {
        await importOf(ctx, input.importId, "uploaded", "checking", "checked");
        const found = await inspectFile(uploaded(ctx, input.importId));
        await ctx.db.update(imports).set({ format: found.format }).where(eq(imports.id, input.importId));
        return found;
      }),
    sample: procedure("run")
      .input(byId.extend(reading))
      .mutation(async ({ ctx, input }) => {
        const found = await importOf(ctx, input.importId, "uploaded", "checking", "checked");
        const open = () => uploaded(ctx, input.importId);
        const sample = await sampleFile(
          open,
          await readingOf(open, found.format ?? "csv", input.encoding, input.delimiter),
        );
        const [remembered] = await ctx.db
          .select()
          .from(mappings)
          .where(and(eq(mappings.unitId, ctx.unit.id), eq(mappings.headerKey, headerKey(sample.columns))));
        return {
          ...sample,
          remembered: remembered ? { mapping: remembered.mapping, source: remembered.source } : null,
        };
      }),
    configure: procedure("run")
      .input(byId.extend({ ...reading, mapping, source: sourceName }))
      .mutation(async ({ ctx, input }) => {
        await configureImport(ctx, input.importId, input);
        return await progressOf(ctx, input.importId);
      }),
    check: procedure("run")
      .input(byId)
      .mutation(async ({ ctx, input }) => {
        const done = await checkImport(ctx, input.importId);
        return { done, ...(await progressOf(ctx, input.importId)) };
      }),
    run: procedure("run")
      .input(byId)
      .mutation(async ({ ctx, input }) => {
        const done = await runImport(ctx, input.importId);
        return { done, ...(await progressOf(ctx, input.importId)) };
      }),
    report: procedure("run")
      .input(
        byId.extend({
          only: z.enum(["bad", "all"]),
          after: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(500).default(200),
        }),
      )
      .query(({ ctx, input }) => reportPage(ctx, input)),
    reportFile: procedure("run")
      .input(byId.extend({ locale: z.enum(locales) }))
      .query(({ ctx, input }) => reportFile(ctx, input.importId, input.locale)),
    discard: procedure("run")
      .input(byId)
      .mutation(async ({ ctx, input }) => {
        await discardImport(ctx, input.importId);
        return { ok: true };
      }),
  }),
});
