/** The languages every screen exists in; the first is the source. */
export const languages = ["zh-CN", "en"] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words, as a reader looks for it. */
export const languageNames: Record<Language, string> = { "zh-CN": "中文", en: "English" };

/** Gives the language a browser or a stored choice asks for; anything unknown is the source language. */
export function toLanguage(wanted: string | null | undefined): Language {
  if (!wanted) return "zh-CN";
  return wanted.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}
