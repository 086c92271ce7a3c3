import i18next, { type BackendModule } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { type Language, languages, toLanguage } from "../text/languages.ts";

/** Nested words by key, as they stand in `zh-CN.json` and `en.json`. */
export interface WordCatalog {
  readonly [key: string]: string | WordCatalog;
}
export type WordLoaders = Readonly<Record<Language, () => Promise<WordCatalog>>>;

const STORED = "doorstep.language";
const loaders = new Map<string, WordLoaders>();

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
function firstLanguage(): Language {
  const chosen = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(STORED);
  return toLanguage(chosen ?? navigator.language);
}

export interface AppWords {
  readonly namespace: string;
  /** what comes with the page; a language that is missing here is fetched */
  readonly bundled: Readonly<Partial<Record<Language, WordCatalog>>>;
  readonly loaders?: WordLoaders;
}

/** Starts the words of an app; done when the first screen can be shown. */
export async function startAppWords(app: AppWords): Promise<void> {
  const language = firstLanguage();
  if (app.loaders) loaders.set(app.namespace, app.loaders);
  document.documentElement.lang = language;
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: [...languages],
      load: "currentOnly",
      ns: [app.namespace],
      defaultNS: app.namespace,
      partialBundledLanguages: true,
      resources: Object.fromEntries(
        Object.entries(app.bundled).map(([one, catalog]) => [one, { [app.namespace]: catalog }]),
      ),
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

/** Says where the words of a namespace (a plugin's id, or a part of the app) are; whoever shows some of them fetches them. */
export function addCatalogs(namespace: string, catalogs: WordLoaders): Promise<void> {
  loaders.set(namespace, catalogs);
  return Promise.resolve();
}

/** Fetches the words of a namespace in the language of the screen, also when that changes; a namespace may have none. */
export function useWords(namespace: string): "coming" | "here" | "failed" {
  const { ready, i18n } = useTranslation(namespace);
  if (!ready) return "coming";
  const isMissing = loaders.has(namespace) && !i18n.hasResourceBundle(toLanguage(i18n.language), namespace);
  return isMissing ? "failed" : "here";
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
