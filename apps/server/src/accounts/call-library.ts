import { DoorstepError, type ErrorCode, isErrorCode } from "@doorstep/contracts";
import type { Context } from "hono";
import type { HttpEnv } from "../http/http-env.ts";
import { type Auth, INSIDE, LOCK_SECONDS } from "./create-auth.ts";

export interface LibraryAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  /** cookies to set, not yet marked for the connection they go over */
  readonly cookies: readonly string[];
}

/** The library's own names for what is a refusal of ours. */
const codes: Readonly<Record<string, ErrorCode>> = {
  INVALID_USERNAME_OR_PASSWORD: "account.wrong",
  INVALID_PASSWORD: "account.wrong",
  INVALID_CODE: "account.codeWrong",
  INVALID_BACKUP_CODE: "account.codeWrong",
  INVALID_TWO_FACTOR_COOKIE: "account.signInAgain",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "account.signInAgain",
  TOTP_NOT_ENABLED: "account.signInAgain",
  BACKUP_CODES_NOT_ENABLED: "account.signInAgain",
  TOTP_ALREADY_ENABLED: "account.factorOn",
  UNAUTHORIZED: "unauthorized",
};

/**
 * Asks the account library. It sees neither address nor device nor any header but the cookie.
 *
 * @throws DoorstepError for what it refuses; Error when it fails.
 */
export async function callLibrary(
  auth: Auth,
  c: Context<HttpEnv>,
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<LibraryAnswer> {
  const response = await auth.handler(
    new Request(`${INSIDE}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: INSIDE, cookie: c.req.header("cookie") ?? "" },
      body: JSON.stringify(body),
    }),
  );
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown> | null;
  if (!response.ok) throw failure(response.status, String(answer?.code ?? ""), path);
  return { body: answer ?? {}, cookies: response.headers.getSetCookie() };
}

function failure(status: number, code: string, path: string): Error {
  if (isErrorCode(code)) return new DoorstepError(code);
  if (status === 429) return new DoorstepError("request.tooMany", { seconds: LOCK_SECONDS });
  const known = codes[code];
  if (known) return new DoorstepError(known);
  if (status === 401) return new DoorstepError("unauthorized");
  return new Error(`the account library answered ${status} ${code} to ${path}`);
}

/** Hands the library's cookies on; over https they must never travel any other way. */
export function setCookies(c: Context<HttpEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) {
    c.header("Set-Cookie", c.get("facts").https ? `${cookie}; Secure` : cookie, { append: true });
  }
}
