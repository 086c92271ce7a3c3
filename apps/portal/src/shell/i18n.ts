import type { Catalog } from "@doorstep/sdk/ui";
import { type Language, languages, toLanguage } from "@doorstep/ui";
import i18next, { type BackendModule } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import zh from "../people/catalog-zh-cn.ts";

const STORED = "doorstep.language";
type Loaders = Readonly<Record<Language, () => Promise<Catalog>>>;

const loaders = new Map<string, Loaders>([
  [
    "portal",
    {
      "zh-CN": async () => zh,
      en: async () => (await import("../people/catalog-en.ts")).default,
    },
  ],
]);

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = loaders.get(namespace)?.[toLanguage(language)];
    if (!load) return done(new Error(`no words for ${namespace}`), false);
    load().then(
      (catalog) => done(null, catalog),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

/** The reader's own choice, else what the browser asks for, else Chinese. */
export function firstLanguage(): Language {
  const chosen = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(STORED);
  return toLanguage(chosen ?? navigator.language);
}

/** Starts the words; done when the first screen can be shown. Chinese comes with the page, English is fetched. */
export async function startWords(): Promise<void> {
  const language = firstLanguage();
  document.documentElement.lang = language;
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: [...languages],
      load: "currentOnly",
      ns: ["portal"],
      defaultNS: "portal",
      partialBundledLanguages: true,
      resources: { "zh-CN": { portal: zh } },
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
      returnNull: false,
    });
}

/** Changes the language everywhere at once, without a reload. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Adds words under a namespace (a plugin's id, or a part of the app); done when they can be read. */
export async function addCatalogs(namespace: string, catalogs: Loaders): Promise<void> {
  loaders.set(namespace, catalogs);
  await i18next.loadNamespaces(namespace);
}

/** The language of the screen right now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return toLanguage(i18n.language);
}

type PathsOf<C> = {
  [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}`;
}[keyof C & string];

/** A key of a catalogue, `feature.element`; plurals are asked for without their ending. */
export type KeyOf<C> =
  PathsOf<C> extends infer P ? (P extends `${infer Stem}_${"one" | "other"}` ? Stem | P : P) : never;

export type TextOf<C> = (key: KeyOf<C>, values?: Readonly<Record<string, string | number>>) => string;

/** Makes the hook that reads one catalogue; a key that is not in it does not compile. */
export function textHook<C>(namespace: string): () => TextOf<C> {
  return () => {
    const { t } = useTranslation(namespace);
    return (key, values) => t(key as string, values ?? {});
  };
}

/** The words of the portal's shell and of the petitioners' screens. */
export const useText = textHook<typeof zh>("portal");
