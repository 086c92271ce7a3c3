import type { ClientBase } from "pg";
import type { Keys } from "../vault/keys.ts";

/** What everything lies under, and what it is to lie under. */
export interface KeyPair {
  readonly from: Keys;
  readonly to: Keys;
}

export type RekeyClient = Pick<ClientBase, "query">;

interface Walked {
  /** the last row that is behind */
  readonly after: string;
  readonly rows: number;
}

/** One kind of what lies under the master key. */
export interface RekeyStep {
  readonly id: string;
  /** Puts the next rows under the new key; `null` when none is left. */
  change(client: RekeyClient, keys: KeyPair, after: string): Promise<Walked | null>;
  /** Looks whether the new key opens the next rows, and how many it does not. */
  check(client: RekeyClient, keys: KeyPair, after: string): Promise<(Walked & { readonly lost: number }) | null>;
}

/** Where a walk begins: before every id. */
export const START = "00000000-0000-0000-0000-000000000000";

/** Makes a step of how its rows are read, in the order of `id`, changed and looked at. */
export const rekeyStep = <R extends { readonly id: string }>(of: {
  readonly id: string;
  read(client: RekeyClient, after: string): Promise<readonly R[]>;
  change(client: RekeyClient, keys: KeyPair, rows: readonly R[]): Promise<unknown>;
  lost(client: RekeyClient, keys: KeyPair, rows: readonly R[]): Promise<number> | number;
}): RekeyStep => {
  const walk = async (
    client: RekeyClient,
    after: string,
  ): Promise<(Walked & { readonly found: readonly R[] }) | null> => {
    const found = await of.read(client, after);
    const last = found.at(-1);
    return last === undefined ? null : { after: last.id, rows: found.length, found };
  };
  return {
    id: of.id,
    async change(client, keys, after) {
      const walked = await walk(client, after);
      if (walked) await of.change(client, keys, walked.found);
      return walked;
    },
    async check(client, keys, after) {
      const walked = await walk(client, after);
      return walked && { ...walked, lost: await of.lost(client, keys, walked.found) };
    },
  };
};

const opens = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};

/** How many of the rows cannot be opened so. */
export const countClosed = <R>(rows: readonly R[], attempt: (row: R) => unknown): number =>
  rows.filter((row) => !opens(() => attempt(row))).length;
