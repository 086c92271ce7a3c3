import { z } from "zod";
import { localDate } from "./ids.ts";
import { bilingual } from "./text.ts";

/** One day that differs from the plain week: a holiday, or a weekend day worked in exchange. */
export const calendarDay = z.object({
  date: localDate,
  kind: z.enum(["off", "work"]),
  name: bilingual,
});
export type CalendarDay = z.infer<typeof calendarDay>;

/**
 * A working-day calendar of one region, all known years in one. A version is never edited: the next announcement
 * makes the next id (`cn-2026.1`, `cn-2026.2`, `cn-2027.1`).
 */
export const calendar = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]*-\d{4}\.\d+$/),
    /** Region the calendar holds for, e.g. `cn`. */
    region: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: bilingual,
    /** First and last day for which the holidays are officially known. Beyond, a due date is provisional. */
    officialFrom: localDate,
    officialUntil: localDate,
    /** Where the days were announced. */
    sources: z.array(bilingual).min(1),
    days: z.array(calendarDay),
  })
  .refine((c) => c.officialFrom <= c.officialUntil, { error: "calendar.official", path: ["officialUntil"] })
  .refine((c) => new Set(c.days.map((d) => d.date)).size === c.days.length, {
    error: "calendar.twice",
    path: ["days"],
  });
export type Calendar = z.infer<typeof calendar>;
