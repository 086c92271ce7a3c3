import en from "./en.json" with { type: "json" };
import type { Language } from "./languages.ts";
import zh from "./zh-CN.json" with { type: "json" };

export type UiTextKey = keyof typeof zh;
export type UiText = (key: UiTextKey, values?: Readonly<Record<string, string | number>>) => string;

const texts: Record<Language, Record<UiTextKey, string>> = { "zh-CN": zh, en };

/** Gives the few words the parts themselves say (close, retry, step n of m) in one language. */
export function uiText(language: Language): UiText {
  return (key, values = {}) => texts[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
