import { z } from "zod";
import { axes, charts, receivers, schedules } from "./choices.ts";

const name = z.string().min(1).max(60);
const words = z
  .string()
  .trim()
  .min(2)
  .max(80)
  .refine((text) => !text.includes("\0"), { error: "text.characters" });

/** Which released cells a report is made of: there is nothing else that could be asked for. */
export const definition = z.object({
  /** `<module>/<name>` */
  dataset: z.string().min(3).max(120),
  rows: z.enum(axes),
  /** whether the total is a column */
  total: z.boolean(),
  /** shares that are columns; not with rows by value */
  measures: z.array(name).max(20),
  /** whose values are columns, or the rows by value */
  dimension: name.nullable(),
  /** which of its values; none: all */
  values: z.array(name).max(60),
  /** so many back from the newest release */
  months: z.int().min(1).max(24),
  chart: z.enum(charts),
});
export type Definition = z.infer<typeof definition>;

/** A report as it is saved: `id` comes from the browser, so that a second press is the same. */
export const saving = z.object({
  id: z.uuid(),
  title: words,
  definition,
  schedule: z.enum(schedules),
  receiver: z.enum(receivers),
});
export type Saving = z.infer<typeof saving>;
