import { useLanguage } from "../shell/i18n.ts";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

export type WordKey = keyof typeof zh;
/** The annotation is the proof that no English text is missing. Both come with the bell, not with the filing page. */
const catalogs: Readonly<Record<"zh-CN" | "en", Readonly<Record<WordKey, string>>>> = { "zh-CN": zh, en };

export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

export function useWords(): Words {
  const catalog = catalogs[useLanguage()];
  return (key, values = {}) => catalog[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

export const isWord = (key: string): key is WordKey => key in zh;
