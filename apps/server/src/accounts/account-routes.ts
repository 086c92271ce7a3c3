import { DoorstepError } from "@doorstep/contracts";
import { type Context, Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Pool } from "pg";
import { toDataURL } from "qrcode";
import { z } from "zod";
import { refusalOf, refuse } from "../http/answers.ts";
import { readJson } from "../http/body.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { normaliseUsername } from "./accounts.ts";
import { type Attempts, PER_ACCOUNT, PER_ORIGIN } from "./attempts.ts";
import { callLibrary, setCookies } from "./call-library.ts";
import type { Auth } from "./create-auth.ts";
import { findSession, SESSION_COOKIE, type Session } from "./find-session.ts";
import { assertGoodPassword, MAX_LENGTH } from "./passwords.ts";

export interface AccountRoutesOptions {
  readonly auth: Auth;
  readonly attempts: Attempts;
  readonly pool: Pool;
  readonly secret: string;
  readonly now: () => Date;
}

type C = Context<HttpEnv>;

const typed = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => !value.includes("\0") && value.isWellFormed());
const password = typed(MAX_LENGTH);
const signInInput = z.object({ username: typed(100), password });
const changeInput = z.object({ currentPassword: password, newPassword: typed(1_000) });
const passwordInput = z.object({ password });
const codeInput = z.object({ code: typed(40).transform((code) => code.trim()) });

/** The account pages' addresses. Only these reach the library: its others are not served at all. */
export function accountRoutes(options: AccountRoutesOptions): Hono<HttpEnv> {
  const { auth, attempts, pool, now } = options;
  const routes = new Hono<HttpEnv>();

  const parse = async <T>(c: C, schema: z.ZodType<T>): Promise<T> => {
    const parsed = schema.safeParse(await readJson(c.req.raw));
    if (!parsed.success) throw new DoorstepError("input.invalid");
    return parsed.data;
  };

  const signedIn = async (c: C): Promise<Session> => {
    const session = await findSession(pool, options.secret, getCookie(c, SESSION_COOKIE), now());
    if (!session) throw new DoorstepError("unauthorized");
    return session;
  };

  /** One judged try: counted before, forgotten when it was right. */
  async function tried<T>(c: C, subjects: { kind: string; subject: string }, judge: () => Promise<T>): Promise<T> {
    const { origin } = c.get("facts");
    await attempts.begin("origin", origin, PER_ORIGIN);
    await attempts.begin(subjects.kind, subjects.subject, PER_ACCOUNT);
    const result = await judge();
    await attempts.succeed(subjects.kind, subjects.subject, true);
    await attempts.succeed("origin", origin, false);
    return result;
  }

  routes.use(async (c, next) => {
    c.header("Cache-Control", "no-store");
    const { https, loopback } = c.get("facts");
    // Over plain http a password could be read on the way, and a Secure cookie would not come back.
    if (!https && !loopback) return refuse(c, "account.insecure");
    await next();
  });
  routes.onError((error, c) => {
    const refusal = refusalOf(c, error);
    if (refusal) return refusal;
    throw error;
  });

  routes.post("/sign-in/username", async (c) => {
    const input = await parse(c, signInInput);
    const answer = await tried(c, { kind: "account", subject: normaliseUsername(input.username) }, () =>
      // no lasting cookie: closing the browser ends the session on a shared machine
      callLibrary(auth, c, "sign-in/username", { ...input, rememberMe: false }),
    );
    setCookies(c, answer.cookies);
    if (answer.body.twoFactorRedirect === true) return c.json({ twoFactorRedirect: true });
    await seen((answer.body.user as { id: string }).id);
    return c.json({ ok: true });
  });

  routes.post("/two-factor/verify-totp", (c) => verifyFactor(c, "two-factor/verify-totp"));
  routes.post("/two-factor/verify-backup-code", (c) => verifyFactor(c, "two-factor/verify-backup-code"));

  async function verifyFactor(c: C, path: string): Promise<Response> {
    const { code } = await parse(c, codeInput);
    const { origin } = c.get("facts");
    await attempts.begin("origin", origin, PER_ORIGIN);
    const answer = await callLibrary(auth, c, path, { code, trustDevice: false });
    await attempts.succeed("origin", origin, false);
    setCookies(c, answer.cookies);
    await seen((answer.body.user as { id: string }).id);
    return c.json({ ok: true });
  }

  /** The day of the last visit, not its hour: enough to find accounts nobody uses. */
  async function seen(personId: string): Promise<void> {
    await pool.query(
      `update kernel.people p set last_seen_on = d.today
       from kernel.units u, lateral (select ($2::timestamptz at time zone u.time_zone)::date as today) d
       where p.id = $1 and u.id = p.unit_id and p.last_seen_on is distinct from d.today`,
      [personId, now()],
    );
  }

  routes.post("/sign-out", async (c) => {
    const session = await findSession(pool, options.secret, getCookie(c, SESSION_COOKIE), now());
    if (session) await pool.query("delete from auth.sessions where id = $1", [session.id]);
    deleteCookie(c, SESSION_COOKIE, { path: "/", httpOnly: true, sameSite: "Lax", secure: c.get("facts").https });
    return c.json({ ok: true });
  });

  routes.post("/change-password", async (c) => {
    const session = await signedIn(c);
    const input = await parse(c, changeInput);
    const { rows } = await pool.query<{ username: string }>("select username from auth.users where id = $1", [
      session.personId,
    ]);
    assertGoodPassword(input.newPassword, rows[0]?.username ?? "");
    if (input.newPassword === input.currentPassword) throw new DoorstepError("account.passwordSame");
    const answer = await tried(c, { kind: "password", subject: session.personId }, () =>
      callLibrary(auth, c, "change-password", { ...input, revokeOtherSessions: true }),
    );
    await pool.query(
      "update auth.users set must_change_password = false, slip_until = null, updated_at = $2 where id = $1",
      [session.personId, now()],
    );
    setCookies(c, answer.cookies);
    return c.json({ ok: true });
  });

  routes.post("/two-factor/enable", async (c) => {
    const session = await signedIn(c);
    const input = await parse(c, passwordInput);
    const answer = await tried(c, { kind: "password", subject: session.personId }, () =>
      callLibrary(auth, c, "two-factor/enable", { ...input, method: "totp" }),
    );
    const { rows } = await pool.query<{ username: string }>("select username from auth.users where id = $1", [
      session.personId,
    ]);
    const totpURI = labelled(String(answer.body.totpURI), rows[0]?.username ?? "");
    return c.json({
      totpURI,
      // a picture for pages that draw none themselves
      qr: await toDataURL(totpURI, { margin: 2, width: 240 }),
      backupCodes: answer.body.backupCodes,
    });
  });

  routes.post("/two-factor/generate-backup-codes", async (c) => {
    const session = await signedIn(c);
    const input = await parse(c, passwordInput);
    const answer = await tried(c, { kind: "password", subject: session.personId }, () =>
      callLibrary(auth, c, "two-factor/generate-backup-codes", input),
    );
    return c.json({ backupCodes: answer.body.backupCodes });
  });

  routes.post("/two-factor/disable", async (c) => {
    const session = await signedIn(c);
    const input = await parse(c, passwordInput);
    if (session.factorRequired) throw new DoorstepError("account.factorRequired");
    const answer = await tried(c, { kind: "password", subject: session.personId }, () =>
      callLibrary(auth, c, "two-factor/disable", input),
    );
    setCookies(c, answer.cookies);
    return c.json({ ok: true });
  });

  routes.all("*", (c) => refuse(c, "request.unknown", {}, c.req.method === "POST" ? 404 : 405));
  return routes;
}

/** The library labels the entry of the authenticator with its synthetic e-mail; people look for their user name. */
function labelled(uri: string, username: string): string {
  const [, issuer, query] = /^otpauth:\/\/totp\/([^:]*):[^?]*\?(.*)$/.exec(uri) ?? [];
  return issuer === undefined ? uri : `otpauth://totp/${issuer}:${encodeURIComponent(username)}?${query}`;
}
