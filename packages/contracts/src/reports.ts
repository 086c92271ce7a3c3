import { z } from "zod";
import { id, instant } from "./ids.ts";
import { bilingual, locales } from "./text.ts";
import { unitSummary } from "./units.ts";

/** How a report leaves the platform; `print` is the page itself, sent to a printer. */
export const reportFormats = ["csv", "xlsx", "pdf", "print"] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** A report of a module that the asker may run at a unit; the kernel's own registers are among them as `kernel/<register>`. */
export const reportSummary = z.object({
  /** `<module>/<report>` */
  key: z.string(),
  title: bilingual,
  module: bilingual,
  /** a register of work, line by line */
  register: z.boolean(),
  /** whether the asker may also take it out of the house */
  mayTake: z.boolean(),
  /** JSON Schema of what it asks */
  params: z.unknown(),
});

/** What a register asks: its days, both included, by the unit's own clock. */
export const registerDays = z.object({
  from: z.iso
    .date()
    .optional()
    .meta({ title: "从哪天（不填为今年1月1日）", "x-labels": { en: "From (empty: the first of January)" } }),
  to: z.iso
    .date()
    .optional()
    .meta({ title: "到哪天（不填为今天）", "x-labels": { en: "Until (empty: today)" } }),
});
export type RegisterDays = z.output<typeof registerDays>;

/** The days that a register is of; `today` is the unit's own. */
export const daysOfRegister = (
  today: string,
  { from, to }: RegisterDays,
): { readonly from: string; readonly to: string } => ({
  from: from ?? `${today.slice(0, 4)}-01-01`,
  to: to ?? today,
});

/** Lines that a report holds at most. */
export const MOST_ROWS = 10_000;
/** Lines of a register in a workbook, which is written while it is read. */
export const MOST_ROWS_IN_BOOK = 100_000;

export const reportInput = z.object({
  /** absent: the asker's own */
  unitId: id.optional(),
  key: z.string().max(120),
  params: z.record(z.string().max(60), z.unknown()).default({}),
});

const words = z.string().max(2_000);
const cell = z.union([words, z.number(), z.boolean(), z.null(), z.object({ "zh-CN": words, en: words })]);
export type ReportCell = z.infer<typeof cell>;

/** What a report answers. */
export const reportTable = z.object({
  /** the days or months it is of: stands below the title beside the unit */
  period: bilingual.optional(),
  columns: z
    .array(z.object({ key: z.string().max(60), title: bilingual }))
    .min(1)
    .max(50),
  rows: z.array(z.record(z.string().max(60), cell)).max(MOST_ROWS),
  /** the column whose values stand above the rows that have them, on screens and on paper */
  groupBy: z.string().max(60).optional(),
});
export type ReportTable = z.infer<typeof reportTable>;

export const reportResult = z.object({ title: bilingual, unit: unitSummary, at: instant, table: reportTable });
export type ReportResult = z.infer<typeof reportResult>;

export const takeReportInput = reportInput.extend({
  format: z.enum(reportFormats),
  /** the language of the file; absent: the asker's */
  locale: z.enum(locales).optional(),
});

/** A report that leaves the platform: who took it and when stands in it. */
export const reportTaken = reportResult.extend({
  /** stands below the table in every file, and on each page of paper */
  mark: bilingual,
  fileName: z.string(),
  /** absent for `print` */
  file: z.base64().nullable(),
});
