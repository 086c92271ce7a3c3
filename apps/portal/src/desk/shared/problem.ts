import { clockNames, type ErrorParams, errorText, isErrorCode, noticeNames, type Refusal } from "@doorstep/contracts";
import type { Language } from "@doorstep/ui";
import { deskText, nameOf } from "../text.ts";

/** What the kernel's error carries to the browser (`ErrorShape` of its contract); anything else is a broken line. */
export interface WireError {
  readonly data?:
    | {
        readonly code: string;
        readonly params?: ErrorParams;
        readonly reasons?: readonly { readonly code: string; readonly params?: ErrorParams | undefined }[];
        readonly fields?: Readonly<Record<string, string>>;
        readonly requestId?: string;
      }
    | null
    | undefined;
}

export interface Problem {
  readonly code: string;
  /** what happened and what to do next */
  readonly message: string;
  /** every reason, where an act was refused for several */
  readonly reasons: readonly string[];
  /** to read out on the phone */
  readonly number: string | undefined;
}

const clockName = (code: string, language: Language): string =>
  code in clockNames ? clockNames[code as keyof typeof clockNames][language] : code;
const noticeName = (code: string, language: Language): string =>
  code in noticeNames ? noticeNames[code as keyof typeof noticeNames][language] : code;

/** What a letter is called, by its code; a code of a later version stays as it is. */
export const letterName = noticeName;

/** Codes in an error's params become the words that people read on the same screen. */
function readable(params: ErrorParams, language: Language): ErrorParams {
  const text = deskText(language);
  const words: Record<string, (value: string) => string> = {
    state: (value) => nameOf(text, "state", value),
    mark: (value) => nameOf(text, "mark", value),
    clock: (value) => clockName(value, language),
    notice: (value) => noticeName(value, language),
    codes: (value) =>
      value
        .split(/[\s,/、]+/)
        .map((code) => noticeName(code, language))
        .join(language === "en" ? ", " : "、"),
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, words[name]?.(String(value)) ?? value]),
  );
}

/** One reason of a refusal as a sentence that says what to do. */
export function refusalText(
  refusal: Pick<Refusal, "code"> & { readonly params?: ErrorParams | undefined },
  language: Language,
): string {
  return errorText(refusal.code, readable(refusal.params ?? {}, language), language);
}

/** What failed, in the reader's language: a refusal of the kernel by its code, a broken line as such. */
export function problemOf(error: unknown, language: Language): Problem {
  const data = (error as WireError | null)?.data;
  if (!data?.code)
    return {
      code: "offline",
      message: deskText(language)("desk.failed.offline"),
      reasons: [],
      number: undefined,
    };
  const reasons = (data.reasons ?? []).map((reason) => refusalText(reason, language));
  const params = {
    requestId: data.requestId ?? "",
    reasons: reasons.join(" "),
    ...readable(data.params ?? {}, language),
  };
  const field = Object.values(data.fields ?? {}).find(isErrorCode);
  return {
    code: data.code,
    message: errorText(field ?? data.code, params, language),
    reasons: data.code === "act.refused" ? [] : reasons,
    number: data.requestId || undefined,
  };
}
