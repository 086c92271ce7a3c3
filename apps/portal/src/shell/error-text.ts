import type { Language } from "@doorstep/ui";
import { useSyncExternalStore } from "react";
import { useLanguage, useText } from "./i18n.ts";

type Params = Readonly<Record<string, string | number>>;
type Sentence = (code: string, params: Params, language: Language) => string;

interface Refusal {
  readonly code: string;
  readonly params: Params;
  readonly reasons: readonly { readonly code: string; readonly params?: Params }[];
}

let sentence: Sentence | undefined;
let loading: Promise<void> | undefined;
const waiting = new Set<() => void>();

/** Fetches the sentences, once; whoever shows an error is told when they have come. */
export function loadErrorTexts(): Promise<void> {
  loading ??= import("./error-catalogue.ts").then(
    (loaded) => {
      sentence = loaded.errorText;
      for (const tell of waiting) tell();
    },
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** Reads what a call was refused with; `undefined` for anything that never reached the server. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const data = error.data;
  if (typeof data !== "object" || data === null || !("code" in data) || typeof data.code !== "string") return undefined;
  const { params, reasons } = data as Partial<Refusal>;
  return { code: data.code, params: params ?? {}, reasons: reasons ?? [] };
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}

/** Gives the reader's sentence for any error. */
export function useErrorText(): (error: unknown) => string {
  const text = useText();
  const language = useLanguage();
  const say = useSyncExternalStore(subscribe, () => sentence);
  return (error) => {
    const refusal = refusalOf(error);
    if (!refusal) return text("shell.notReached");
    if (!say) {
      void loadErrorTexts();
      return text("shell.failed");
    }
    const reasons = refusal.reasons.map((reason) => say(reason.code, reason.params ?? {}, language));
    return say(
      refusal.code,
      reasons.length > 0 ? { ...refusal.params, reasons: reasons.join(language === "en" ? " " : "") } : refusal.params,
      language,
    );
  };
}

/** The number to read out on the telephone, when the server gave one. */
export function errorNumber(error: unknown): string | undefined {
  const refusal = refusalOf(error);
  const number = refusal?.params["requestId"];
  return number === undefined ? undefined : String(number);
}
