import type { ClientBase } from "pg";

/** The connection of the caller's transaction: what is written through it stands or falls with the caller's rows. */
export type Transaction = Pick<ClientBase, "query">;

/** A first or replacement password, printed once on paper; only its hash is kept. */
export interface Slip {
  readonly username: string;
  readonly oneTimePassword: string;
  /** ISO instant */
  readonly validUntil: string;
}

export interface AccountHolder {
  readonly personId: string;
  /** normalised: NFKC, lower case */
  readonly username: string;
}

/** Logins, kept apart from people: the server implements this over its account library. */
export interface Accounts {
  /** Makes logins with a one-time password each, which has to be changed at the first sign-in. */
  createAccounts(transaction: Transaction, holders: readonly AccountHolder[]): Promise<readonly Slip[]>;
  /**
   * Replaces the password by a one-time one, ends all sessions and, when asked, forgets the second factor. Makes the
   * login when there is none.
   */
  issueSlip(
    transaction: Transaction,
    holder: AccountHolder,
    options: { readonly resetSecondFactor: boolean },
  ): Promise<Slip>;
  endSessions(transaction: Transaction, personId: string): Promise<void>;
  /** The living sessions of somebody, last used first. */
  sessions(personId: string): Promise<readonly AccountSession[]>;
  /** Ends one session of this person; another's stays. */
  endSession(personId: string, sessionId: string): Promise<void>;
  endOtherSessions(personId: string, sessionId: string): Promise<void>;
  /** What the account still owes, by person; persons without a login are absent. */
  states(personIds: readonly string[]): Promise<ReadonlyMap<string, AccountState>>;
}

export interface AccountSession {
  readonly id: string;
  readonly signedInAt: Date;
  readonly usedAt: Date;
}

export interface AccountState {
  readonly secondFactor: boolean;
  readonly mustChangePassword: boolean;
}
