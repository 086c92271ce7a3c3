import { useLanguage } from "../../../shell/i18n.ts";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

type Key = keyof typeof zh;
/** The annotation is the proof that no English text is missing. Both come with this page, not with the filing page. */
const catalogs: Readonly<Record<"zh-CN" | "en", Readonly<Record<Key, string>>>> = { "zh-CN": zh, en };

export function useDataWords(): (key: Key, values?: Readonly<Record<string, string | number>>) => string {
  const catalog = catalogs[useLanguage()];
  return (key, values = {}) => catalog[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
}
