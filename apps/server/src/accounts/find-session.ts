import { createHmac, timingSafeEqual } from "node:crypto";
import type { Restriction } from "@doorstep/kernel";
import type { Pool } from "pg";

/** The cookie of a signed-in browser; without an end of its own, so that closing the browser ends it. */
export const COOKIE_PREFIX = "doorstep";
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;
/** A session ends this long after its last use. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** How often a used session is written anew; each write costs a disk flush. */
const REFRESH_MS = 10 * 60_000;

export interface Session {
  readonly id: string;
  readonly token: string;
  readonly personId: string;
  /** what the person has to do before anything else */
  readonly restriction: Restriction | undefined;
  /** one of the person's roles asks for a second factor */
  readonly factorRequired: boolean;
}

interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly used_at: Date;
  readonly must_change_password: boolean;
  readonly two_factor_enabled: boolean;
  readonly factor_required: boolean;
}

const SESSION = `
  select s.id, s.user_id, s.used_at, u.must_change_password, u.two_factor_enabled,
    exists (
      select from kernel.role_grants g join kernel.second_factor_rules r on r.role = g.role and r.required
      where g.person_id = u.id and not g.pending and g.revoked_on is null
        and (g.valid_until is null or g.valid_until >= $2::timestamptz::date)) as factor_required
  from auth.sessions s join auth.users u on u.id = s.user_id join kernel.people p on p.id = s.user_id
  where s.token = $1 and s.used_at > $3 and p.active`;

/** The token of a cookie that carries our signature. */
export function tokenOf(secret: string, cookie: string | undefined): string | undefined {
  const dot = cookie?.lastIndexOf(".") ?? -1;
  if (cookie === undefined || dot < 1) return undefined;
  const token = cookie.slice(0, dot);
  const given = Buffer.from(cookie.slice(dot + 1), "base64");
  const expected = createHmac("sha256", secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

/**
 * Finds the living session of a cookie. Own SQL instead of the account library's look-up: one question a request, and
 * the platform's clock decides the end. `touch: false` looks only: what a page does by itself is no use of it.
 */
export async function findSession(
  pool: Pool,
  secret: string,
  cookie: string | undefined,
  now: Date,
  options: { readonly touch?: boolean } = {},
): Promise<Session | undefined> {
  const token = tokenOf(secret, cookie);
  if (token === undefined) return undefined;
  const oldestUse = new Date(now.getTime() - SESSION_IDLE_MS);
  const { rows } = await pool.query<SessionRow>({
    name: "find_session",
    text: SESSION,
    values: [token, now, oldestUse],
  });
  const [row] = rows;
  if (!row) return undefined;
  if (options.touch !== false && now.getTime() - row.used_at.getTime() > REFRESH_MS) {
    await pool.query("update auth.sessions set used_at = $2 where id = $1 and used_at < $2", [row.id, now]);
  }
  return {
    id: row.id,
    token,
    personId: row.user_id,
    restriction: restrictionOf(row),
    factorRequired: row.factor_required,
  };
}

function restrictionOf(row: SessionRow): Restriction | undefined {
  if (row.must_change_password) return "account.mustChangePassword";
  return row.factor_required && !row.two_factor_enabled ? "account.mustEnrolSecondFactor" : undefined;
}
