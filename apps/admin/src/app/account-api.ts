import { wipeDevice } from "@doorstep/sdk/ui-host";

/** A refusal of the account pages, with the code of its sentence. */
export class AccountError extends Error {
  override readonly name = "AccountError";
  readonly data: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

  constructor(code: string, params: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.data = { code, params };
  }
}

async function post<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const parsed: unknown = await answer.json().catch(() => null);
  if (answer.ok) return parsed as T;
  const told = parsed as { code?: unknown; params?: Readonly<Record<string, string | number>> } | null;
  throw new AccountError(typeof told?.code === "string" ? told.code : "unexpected", told?.params ?? {});
}

/**
 * Ends the session and removes what modules kept on this device for it.
 *
 * @throws TypeError where the server was not reached: the session goes on, and so does what waits here to be sent
 */
export async function signOut(): Promise<void> {
  await post("sign-out", {}).catch((error: unknown) => {
    if (error instanceof TypeError) throw error;
  });
  wipeDevice(localStorage);
}

export const changePassword = (currentPassword: string, newPassword: string): Promise<unknown> =>
  post("change-password", { currentPassword, newPassword, revokeOtherSessions: true });

/** Begins a second factor: the address for the authenticator, and the codes to print. It counts once a code was sent. */
export async function beginSecondFactor(password: string): Promise<{ uri: string; printed: readonly string[] }> {
  const answer = await post<{ totpURI: string; backupCodes: readonly string[] }>("two-factor/enable", { password });
  return { uri: answer.totpURI, printed: answer.backupCodes };
}

export const confirmSecondFactor = (code: string): Promise<unknown> =>
  post("two-factor/verify-totp", { code: code.replace(/\s/g, "") });

export async function newPrintedCodes(password: string): Promise<readonly string[]> {
  return (await post<{ backupCodes: readonly string[] }>("two-factor/generate-backup-codes", { password })).backupCodes;
}

export const endSecondFactor = (password: string): Promise<unknown> => post("two-factor/disable", { password });
