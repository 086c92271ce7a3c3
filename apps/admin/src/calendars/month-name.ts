import type { Language } from "@doorstep/ui";

const locale = { "zh-CN": "zh-CN", en: "en-GB" } as const;

/** `2026年11月`, `November 2026` */
export const monthName = (key: string, language: Language): string =>
  new Intl.DateTimeFormat(locale[language], { timeZone: "UTC", year: "numeric", month: "long" }).format(
    new Date(`${key}-01T00:00:00Z`),
  );
