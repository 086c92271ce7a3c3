import type { Language } from "@doorstep/ui";
import { useLanguage } from "./i18n.ts";

/** The words that come with one page and not with the page for filing; that both languages have the same keys is held by the type. */
export const pageWords =
  <K extends string>(catalogs: Readonly<Record<Language, Readonly<Record<K, string>>>>) =>
  (): ((key: K, values?: Readonly<Record<string, string | number>>) => string) => {
    const catalog = catalogs[useLanguage()];
    return (key, values = {}) => catalog[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
  };
