import type { Text } from "@doorstep/contracts";
import type { Catalog } from "@doorstep/sdk/ui";
import { type Language, languages, toLanguage } from "@doorstep/ui";
import i18next, { type BackendModule } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import en from "./catalog-en.ts";
import zh from "./catalog-zh-cn.ts";

const STORED = "doorstep.language";
const NAMESPACE = "admin";
type Loaders = Readonly<Record<Language, () => Promise<Catalog>>>;

/** Words of plugins; the app's own come with it. */
const loaders = new Map<string, Loaders>();

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

function firstLanguage(): Language {
  const chosen = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(STORED);
  return toLanguage(chosen ?? navigator.language);
}

/** Starts the words, in the reader's own choice, else what the browser asks for, else Chinese. */
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
      ns: [NAMESPACE],
      defaultNS: NAMESPACE,
      partialBundledLanguages: true,
      resources: { "zh-CN": { [NAMESPACE]: zh }, en: { [NAMESPACE]: en } },
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

/** Adds words under a plugin's id; done when they can be read. */
export async function addCatalogs(namespace: string, catalogs: Loaders): Promise<void> {
  loaders.set(namespace, catalogs);
  await i18next.loadNamespaces(namespace);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return toLanguage(i18n.language);
}

type PathsOf<C> = {
  [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}`;
}[keyof C & string];

/** A key of the catalogue, `feature.element`; plurals are asked for without their ending. */
type KeyOf<C> = PathsOf<C> extends infer P ? (P extends `${infer Stem}_${"one" | "other"}` ? Stem | P : P) : never;
export type TextKey = KeyOf<typeof zh>;
type Values = Readonly<Record<string, string | number>>;
export type TextFunction = (key: TextKey, values?: Values) => string;

/** The words of the administrators' app; a key that is not in them does not compile. */
export function useText(): TextFunction {
  const { t } = useTranslation(NAMESPACE);
  return (key, values) => t(key as string, values ?? {});
}

/** Picks the reader's language out of a text the server keeps in both. */
export function useName(): (name: Text) => string {
  const language = useLanguage();
  return (name) => name[language];
}
