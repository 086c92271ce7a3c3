import { wipeDevice } from "@doorstep/sdk/ui-host";
/** A refused sign-in, with the code of its sentence. */
export class AccountError extends Error {
  override readonly name = "AccountError";
  readonly data: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

  constructor(code: string, params: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.data = { code, params };
  }
}

interface AccountAnswer {
  readonly twoFactorRedirect?: boolean;
  readonly totpURI?: string;
  readonly backupCodes?: readonly string[];
}

type Params = Readonly<Record<string, string | number>>;

/** Reads a refusal of the account pages; an answer that is none comes from something between page and server. */
export function refusedAccount(body: unknown): AccountError {
  if (typeof body !== "object" || body === null || !("code" in body) || typeof body.code !== "string") {
    return new AccountError("unexpected");
  }
  return new AccountError(body.code, "params" in body ? (body.params as Params) : {});
}

async function post(path: string, body: object): Promise<AccountAnswer> {
  const answer = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const parsed: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusedAccount(parsed);
  return (parsed ?? {}) as AccountAnswer;
}

/** Signs in; `secondFactor` says that a code must follow before there is a session. */
export async function signIn(username: string, password: string): Promise<{ readonly secondFactor: boolean }> {
  const answer = await post("sign-in/username", { username, password });
  return { secondFactor: answer.twoFactorRedirect === true };
}

/**
 * Ends the session and removes what it kept on this device.
 *
 * @throws TypeError where the server was not reached: the session goes on, and so does what waits here to be sent
 */
export async function signOut(): Promise<void> {
  await post("sign-out", {}).catch((error: unknown) => {
    if (error instanceof TypeError) throw error;
  });
  wipeDevice(localStorage);
}

/** Sends the six digits of the authenticator, or one of the printed codes. */
export async function verifySecondFactor(code: string): Promise<void> {
  const digits = code.replace(/\s/g, "");
  if (/^\d{6}$/.test(digits)) await post("two-factor/verify-totp", { code: digits });
  else await post("two-factor/verify-backup-code", { code: code.trim() });
}

/** Begins a second factor: the address for the authenticator, and the codes to print. */
export async function beginSecondFactor(password: string): Promise<{ uri: string; printed: readonly string[] }> {
  const answer = await post("two-factor/enable", { password });
  return { uri: answer.totpURI ?? "", printed: answer.backupCodes ?? [] };
}

/** Makes the former printed codes void. */
export async function newPrintedCodes(password: string): Promise<readonly string[]> {
  return (await post("two-factor/generate-backup-codes", { password })).backupCodes ?? [];
}

export async function endSecondFactor(password: string): Promise<void> {
  await post("two-factor/disable", { password });
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post("change-password", { currentPassword, newPassword });
}
