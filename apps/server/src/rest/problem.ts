import { type ErrorCode, type ErrorParams, errorCatalogue, isErrorCode, type Locale } from "@doorstep/contracts";

/** What went wrong, as RFC 9457 has it; `code` is the anchor in docs/errors.md. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly params: ErrorParams;
  readonly reasons: readonly { readonly code: string; readonly title: string; readonly params?: ErrorParams }[];
  /** which field of the input, with the kind of mistake; never what was sent */
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string;
}

export interface Refused {
  readonly code: string;
  readonly params?: ErrorParams;
  readonly reasons?: readonly { readonly code: string; readonly params?: ErrorParams }[];
  readonly fields?: Readonly<Record<string, string>>;
}

/** The sentence of the catalogue with its params. */
function sentence(code: string, params: ErrorParams, locale: Locale): string {
  const known: ErrorCode = isErrorCode(code) ? code : "unexpected";
  return errorCatalogue[known].text[locale].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    params[name] === undefined ? whole : String(params[name]),
  );
}

export const problemOf = (status: number, refused: Refused, requestId: string, locale: Locale): Problem => ({
  type: `urn:doorstep:error:${refused.code}`,
  title: sentence(refused.code, refused.params ?? {}, locale),
  status,
  code: refused.code,
  params: refused.params ?? {},
  reasons: (refused.reasons ?? []).map((reason) => ({
    ...reason,
    title: sentence(reason.code, reason.params ?? {}, locale),
  })),
  fields: refused.fields ?? {},
  requestId,
});

/** The first language a client names that there is; English for a program that says nothing. */
export const localeOf = (header: string | undefined): Locale => (/^\s*zh\b/i.test(header ?? "") ? "zh-CN" : "en");
