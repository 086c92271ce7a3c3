import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import { isEmptyHouse } from "@doorstep/kernel";
import type { Pool } from "pg";

/** The one link that may found a house; only its hash is kept. */
export interface SetupLink {
  /** A new token, when there is nothing yet to protect; those of earlier starts are dead then. */
  open(): Promise<string | undefined>;
  /** @throws DoorstepError `setup.done`, `setup.link`. */
  assertValid(token: string): Promise<void>;
  close(transaction: Pick<Pool, "query">): Promise<void>;
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

export function createSetupLink(pool: Pool, now: () => Date): SetupLink {
  return {
    async open() {
      if (!(await isEmptyHouse(pool))) return undefined;
      const token = randomBytes(24).toString("base64url");
      await pool.query(
        "insert into auth.setup (token_hash) values ($1) on conflict (singleton) do update set token_hash = excluded.token_hash",
        [hashOf(token)],
      );
      return token;
    },
    async assertValid(token) {
      const { rows } = await pool.query<{ token_hash: Buffer | null }>("select token_hash from auth.setup");
      const expected = rows[0]?.token_hash;
      if (!(await isEmptyHouse(pool))) throw new DoorstepError("setup.done");
      if (!expected || !timingSafeEqual(expected, hashOf(token))) throw new DoorstepError("setup.link");
    },
    async close(transaction) {
      await transaction.query("update auth.setup set token_hash = null, done_at = $1", [now()]);
    },
  };
}
