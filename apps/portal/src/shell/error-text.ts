import type { Language } from "@doorstep/ui";
import { useSyncExternalStore } from "react";
import { useLanguage, useText } from "./i18n.ts";

type Params = Readonly<Record<string, string | number>>;
type Sentences = Readonly<Record<string, string>>;

interface Refusal {
  readonly code: string;
  readonly params: Params;
  readonly reasons: readonly { readonly code: string; readonly params?: Params }[];
  /** path of a wrong field -> kind of mistake, or a code with a sentence of its own */
  readonly fields: Readonly<Record<string, string>>;
}

/** Apart from the first page, and one language alone. */
const catalogues: Readonly<Record<Language, () => Promise<{ readonly default: Sentences }>>> = {
  "zh-CN": () => import("virtual:doorstep/error-texts/zh-CN"),
  en: () => import("virtual:doorstep/error-texts/en"),
};

const loaded = new Map<Language, Sentences>();
const loading = new Map<Language, Promise<void>>();
const waiting = new Set<() => void>();

/** Fetches the sentences of a language, once; whoever shows an error is told when they have come. */
export function loadErrorTexts(language: Language): Promise<void> {
  const under = loading.get(language);
  if (under) return under;
  const begun = catalogues[language]().then(
    (catalogue) => {
      loaded.set(language, catalogue.default);
      for (const tell of waiting) tell();
    },
    () => {
      loading.delete(language);
    },
  );
  loading.set(language, begun);
  return begun;
}

const sentence = (sentences: Sentences, code: string, params: Params): string =>
  (sentences[code] ?? sentences["unexpected"] ?? code).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(params[name] ?? "–"),
  );

/** Reads what a call was refused with; `undefined` for anything that never reached the server. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const data = error.data;
  if (typeof data !== "object" || data === null || !("code" in data) || typeof data.code !== "string") return undefined;
  const { params, reasons, fields } = data as Partial<Refusal>;
  return { code: data.code, params: params ?? {}, reasons: reasons ?? [], fields: fields ?? {} };
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}

/** Gives the reader's sentence for any error. */
export function useErrorText(): (error: unknown) => string {
  const text = useText();
  const language = useLanguage();
  const sentences = useSyncExternalStore(subscribe, () => loaded.get(language));
  return (error) => {
    const refusal = refusalOf(error);
    if (!refusal) return text("shell.notReached");
    if (!sentences) {
      void loadErrorTexts(language);
      return text("shell.failed");
    }
    const reasons = refusal.reasons.map((reason) => sentence(sentences, reason.code, reason.params ?? {}));
    return sentence(
      sentences,
      Object.values(refusal.fields).find((code) => code in sentences) ?? refusal.code,
      reasons.length > 0 ? { ...refusal.params, reasons: reasons.join(language === "en" ? " " : "") } : refusal.params,
    );
  };
}

/** The number to read out on the telephone, when the server gave one. */
export function errorNumber(error: unknown): string | undefined {
  const refusal = refusalOf(error);
  const number = refusal?.params["requestId"];
  return number === undefined ? undefined : String(number);
}
