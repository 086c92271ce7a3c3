import { DoorstepError } from "@doorstep/contracts";
import type { AccountHolder, AccountSession, AccountState, Accounts, Slip, Transaction } from "@doorstep/kernel";
import type { Pool } from "pg";
import { SESSION_IDLE_MS } from "./find-session.ts";
import { hashPassword, oneTimePassword } from "./passwords.ts";

export interface AccountsOptions {
  readonly pool: Pool;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** A printed one-time password is handed over within days; later it is just a piece of paper with a key on it. */
const SLIP_DAYS = 7;
const DAY_MS = 86_400_000;

/** User names are compared as people type them: full width, upper case, any composition. */
export const normaliseUsername = (typed: string): string => typed.trim().normalize("NFKC").toLowerCase();

/** What the server itself may do with logins besides. */
export interface ServerAccounts extends Accounts {
  /** Takes the password somebody chose for himself; nothing has to be changed at the first sign-in. */
  choosePassword(transaction: Transaction, personId: string, password: string): Promise<void>;
}

/** Logins as the kernel's people see them; the rows are those of the account library. */
export function createAccounts(options: AccountsOptions): ServerAccounts {
  const { pool, now, newId } = options;

  async function makeOne(tx: Transaction, holder: AccountHolder): Promise<Slip> {
    const username = normaliseUsername(holder.username);
    const slip = await newSlip(username);
    const inserted = await tx.query(
      `insert into auth.users (id, username, email, must_change_password, slip_until, created_at, updated_at)
       values ($1::uuid, $2, $1::uuid::text || '@local.invalid', true, $3, $4, $4) on conflict do nothing`,
      [holder.personId, username, slip.validUntil, now()],
    );
    if (inserted.rowCount === 0) throw new DoorstepError("person.usernameTaken", { username });
    await setPassword(tx, holder.personId, slip.hash);
    return slip.printed;
  }

  async function newSlip(username: string): Promise<{ hash: string; validUntil: string; printed: Slip }> {
    const password = oneTimePassword();
    const validUntil = new Date(now().getTime() + SLIP_DAYS * DAY_MS).toISOString();
    return {
      hash: await hashPassword(password),
      validUntil,
      printed: { username, oneTimePassword: password, validUntil },
    };
  }

  async function setPassword(tx: Transaction, personId: string, hash: string): Promise<void> {
    await tx.query(
      `insert into auth.accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
       values ($1, $2::uuid, $2::text, 'credential', $3, $4, $4)
       on conflict (user_id, provider_id) do update set password = excluded.password, updated_at = excluded.updated_at`,
      [newId(), personId, hash, now()],
    );
  }

  async function endSessions(tx: Transaction, personId: string): Promise<void> {
    await tx.query("delete from auth.sessions where user_id = $1", [personId]);
    // also a sign-in that has passed the password and waits for the second factor
    await tx.query("delete from auth.verifications where value = $1", [personId]);
  }

  return {
    endSessions,

    async sessions(personId) {
      const { rows } = await pool.query<AccountSession>(
        `select id, created_at as "signedInAt", used_at as "usedAt" from auth.sessions
          where user_id = $1 and used_at > $2 order by used_at desc, id`,
        [personId, new Date(now().getTime() - SESSION_IDLE_MS)],
      );
      return rows;
    },

    async endSession(personId, sessionId) {
      await pool.query("delete from auth.sessions where id = $1 and user_id = $2", [sessionId, personId]);
    },

    async endOtherSessions(personId, sessionId) {
      await pool.query("delete from auth.sessions where user_id = $1 and id <> $2", [personId, sessionId]);
    },

    async choosePassword(tx, personId, password) {
      await setPassword(tx, personId, await hashPassword(password));
      await tx.query("update auth.users set must_change_password = false, slip_until = null where id = $1", [personId]);
    },

    async createAccounts(tx, holders) {
      const slips: Slip[] = [];
      for (const holder of holders) slips.push(await makeOne(tx, holder));
      return slips;
    },

    async issueSlip(tx, holder, { resetSecondFactor }) {
      const username = normaliseUsername(holder.username);
      const slip = await newSlip(username);
      const { rowCount } = await tx.query(
        `update auth.users set must_change_password = true, slip_until = $2, updated_at = $3,
           two_factor_enabled = two_factor_enabled and not $4 where id = $1`,
        [holder.personId, slip.validUntil, now(), resetSecondFactor],
      );
      if (rowCount === 0) return await makeOne(tx, holder);
      await setPassword(tx, holder.personId, slip.hash);
      if (resetSecondFactor) await tx.query("delete from auth.two_factors where user_id = $1", [holder.personId]);
      await endSessions(tx, holder.personId);
      return slip.printed;
    },

    async states(personIds) {
      const { rows } = await pool.query<{ id: string; second_factor: boolean; must_change: boolean }>(
        `select id, two_factor_enabled as second_factor, must_change_password as must_change
         from auth.users where id = any($1::uuid[])`,
        [personIds],
      );
      return new Map(
        rows.map((row): [string, AccountState] => [
          row.id,
          { secondFactor: row.second_factor, mustChangePassword: row.must_change },
        ]),
      );
    },
  };
}
