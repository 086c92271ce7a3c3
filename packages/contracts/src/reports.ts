import { z } from "zod";
import { id, instant } from "./ids.ts";
import { bilingual } from "./text.ts";
import { unitSummary } from "./units.ts";

export const reportFormats = ["csv", "xlsx"] as const;

/** A report of a module that the asker may run at a unit. */
export const reportSummary = z.object({
  /** `<module>/<report>` */
  key: z.string(),
  title: bilingual,
  module: bilingual,
  /** JSON Schema of what it asks */
  params: z.unknown(),
});

export const reportInput = z.object({
  /** absent: the asker's own */
  unitId: id.optional(),
  key: z.string().max(120),
  params: z.record(z.string().max(60), z.unknown()).default({}),
});

const cell = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);

/** What a report answers. */
export const reportTable = z.object({
  columns: z
    .array(z.object({ key: z.string().max(60), title: bilingual }))
    .min(1)
    .max(50),
  rows: z.array(z.record(z.string().max(60), cell)).max(10_000),
});
export type ReportTable = z.infer<typeof reportTable>;

export const reportResult = z.object({ title: bilingual, unit: unitSummary, at: instant, table: reportTable });
export type ReportResult = z.infer<typeof reportResult>;
