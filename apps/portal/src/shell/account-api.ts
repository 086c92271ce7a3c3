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

const DEFAULT_WAIT_SECONDS = 60;

/** The accounts library has codes of its own, in capitals; ours contain a dot. */
function codeOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("code" in body) || typeof body.code !== "string") return undefined;
  return body.code.includes(".") ? body.code : undefined;
}

function refusal(status: number, body: unknown, wait: string | null): AccountError {
  const params = typeof body === "object" && body !== null && "params" in body ? body.params : {};
  const code = codeOf(body);
  if (code) return new AccountError(code, (params ?? {}) as Readonly<Record<string, string | number>>);
  if (status === 429) return new AccountError("request.tooMany", { seconds: wait ?? DEFAULT_WAIT_SECONDS });
  if (status === 400 || status === 401) return new AccountError("account.wrong");
  return new AccountError(status === 403 ? "account.disabled" : "unexpected");
}

async function post(path: string, body: object): Promise<AccountAnswer> {
  const answer = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const parsed: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(answer.status, parsed, answer.headers.get("x-retry-after"));
  return (parsed ?? {}) as AccountAnswer;
}

/** Signs in; `secondFactor` says that a code must follow before there is a session. */
export async function signIn(username: string, password: string): Promise<{ readonly secondFactor: boolean }> {
  const answer = await post("sign-in/username", { username, password });
  return { secondFactor: answer.twoFactorRedirect === true };
}

export async function signOut(): Promise<void> {
  await post("sign-out", {});
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

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post("change-password", { currentPassword, newPassword, revokeOtherSessions: true });
}
