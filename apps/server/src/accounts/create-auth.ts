import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { twoFactor, username } from "better-auth/plugins";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { normaliseUsername } from "./accounts.ts";
import { credentials, sessions, twoFactors, users, verifications } from "./auth.table.ts";
import { COOKIE_PREFIX } from "./find-session.ts";
import { hashPassword, MAX_LENGTH, verifyPassword } from "./passwords.ts";

export interface AuthOptions {
  readonly pool: Pool;
  readonly secret: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** An address of nobody: requests reach the library only through our own routes, which have checked where they come from. */
export const INSIDE = "http://accounts.doorstep.internal";

/** Far beyond any working life of a browser window; the end of a session is ours to decide (`findSession`). */
const SESSION_DAYS = 400;
const DAY_MS = 86_400_000;
const LONGEST_USERNAME = 100;

/** What a sign-in may meet after the right password; the message is a code of the error catalogue. */
const refused = (code: string): APIError => new APIError("FORBIDDEN", { code, message: code });

/** The account library over our tables: password sign-in by user name and a second factor, nothing else of it. */
export function createAuth(options: AuthOptions) {
  const { pool, now } = options;

  async function assertMaySignIn(userId: string): Promise<void> {
    const { rows } = await pool.query<{ active: boolean; slip_until: Date | null; must_change_password: boolean }>(
      `select p.active, u.slip_until, u.must_change_password
       from auth.users u join kernel.people p on p.id = u.id where u.id = $1`,
      [userId],
    );
    const [row] = rows;
    if (!row?.active) throw refused("account.disabled");
    if (row.must_change_password && row.slip_until && row.slip_until < now()) throw refused("account.slipExpired");
  }

  return betterAuth({
    appName: "Doorstep",
    baseURL: INSIDE,
    basePath: "/api/auth",
    secret: options.secret,
    database: drizzleAdapter(drizzle(pool), {
      provider: "pg",
      schema: {
        user: users,
        session: sessions,
        account: credentials,
        verification: verifications,
        twoFactor: twoFactors,
      },
      transaction: true,
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // Length is checked by our own rules, which know who may be shorter.
      minPasswordLength: 1,
      maxPasswordLength: MAX_LENGTH,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: {
      expiresIn: (SESSION_DAYS * DAY_MS) / 1_000,
      disableSessionRefresh: true,
      // every account page asks for the password instead of a young session
      freshAge: 0,
      cookieCache: { enabled: false },
      additionalFields: { usedAt: { type: "date", required: true, input: false } },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            await assertMaySignIn(session.userId);
            const at = now();
            return {
              data: {
                ...session,
                ipAddress: null,
                userAgent: null,
                usedAt: at,
                createdAt: at,
                updatedAt: at,
                expiresAt: new Date(Date.now() + SESSION_DAYS * DAY_MS),
              },
            };
          },
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: 1,
        maxUsernameLength: LONGEST_USERNAME,
        displayUsername: false,
        usernameNormalization: normaliseUsername,
        // Any shape reaches the same look-up, so that all wrong names take the same time.
        usernameValidator: () => true,
      }),
      twoFactor({
        issuer: "Doorstep 连心桥",
        backupCodeOptions: { storeBackupCodes: "encrypted", amount: 10 },
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: LOCK_SECONDS },
      }),
    ],
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
      database: { generateId: options.newId },
      ipAddress: { disableIpTracking: true },
    },
    // Own limits, by keyed hashes instead of addresses.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Otherwise it prints failures with the values of the statement; thrown, they reach our own log.
    onAPIError: { throw: true },
  });
}
export type Auth = ReturnType<typeof createAuth>;

/** How long a second factor rests after ten wrong codes in a row. */
export const LOCK_SECONDS = 900;
