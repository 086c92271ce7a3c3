import { z } from "zod";

/** Text shown to people, in both languages; zh-CN is the source. */
export const bilingual = z.object({ "zh-CN": z.string().min(1).max(2_000), en: z.string().min(1).max(2_000) });
export type Text = z.infer<typeof bilingual>;

export const locales = ["zh-CN", "en"] as const;
export const locale = z.enum(locales);
export type Locale = (typeof locales)[number];
