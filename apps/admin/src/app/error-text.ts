import { errorText, isErrorCode } from "@doorstep/contracts";
import { useLanguage, useText } from "./i18n.ts";

type Params = Readonly<Record<string, string | number>>;

export interface Refusal {
  readonly code: string;
  readonly params: Params;
  readonly reasons: readonly { readonly code: string; readonly params?: Params }[];
  /** field path -> code */
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads what a call was refused with; `undefined` for anything that never reached the server. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const data = error.data;
  if (typeof data !== "object" || data === null || !("code" in data) || typeof data.code !== "string") return undefined;
  const { params, reasons, fields } = data as Partial<Refusal>;
  return { code: data.code, params: params ?? {}, reasons: reasons ?? [], fields: fields ?? {} };
}

/** Gives the reader's sentence for any error. */
export function useErrorText(): (error: unknown) => string {
  const text = useText();
  const language = useLanguage();
  return (error) => {
    const refusal = refusalOf(error);
    if (!refusal) return text("app.notReached");
    const field = Object.values(refusal.fields).find(isErrorCode);
    if (refusal.code === "input.invalid" && field) return errorText(field, {}, language);
    const reasons = refusal.reasons.map((reason) => errorText(reason.code, reason.params ?? {}, language));
    const params =
      reasons.length > 0 ? { ...refusal.params, reasons: reasons.join(language === "en" ? " " : "") } : refusal.params;
    return errorText(refusal.code, params, language);
  };
}

/** The number to read out on the telephone, when the server gave one. */
export function errorNumber(error: unknown): string | undefined {
  const number = refusalOf(error)?.params["requestId"];
  return number === undefined ? undefined : String(number);
}
