import { useLanguage } from "../../../shell/i18n.ts";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

type Key = keyof typeof zh;
/** The annotation is the proof that no English text is missing. Both come with these pages, not with the filing page. */
const catalogs: Readonly<Record<"zh-CN" | "en", Readonly<Record<Key, string>>>> = { "zh-CN": zh, en };

/** Words of the petitioner's acts; `undefined` where an act does not say that part. */
export function useOwnWords(): (key: string) => string | undefined {
  const catalog: Readonly<Record<string, string>> = catalogs[useLanguage()];
  return (key) => catalog[key];
}
