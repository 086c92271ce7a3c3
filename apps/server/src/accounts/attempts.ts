import { createHmac } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import type { Pool } from "pg";

/** How failures slow the next try down. */
export interface Slowing {
  /** failures that cost nothing */
  readonly free: number;
  /** seconds after the first that costs; doubles with each further one */
  readonly firstSeconds: number;
  readonly mostSeconds: number;
}

/** Nobody can lock a colleague out: the wait ends at five minutes. */
export const PER_ACCOUNT: Slowing = { free: 5, firstSeconds: 5, mostSeconds: 300 };
/** A whole barracks may sit behind one address. */
export const PER_ORIGIN: Slowing = { free: 30, firstSeconds: 5, mostSeconds: 900 };

export interface Attempts {
  /**
   * Counts a try before it is judged, so that many at once cannot slip through together.
   *
   * @throws DoorstepError `request.tooMany` with the seconds to wait.
   */
  begin(kind: string, subject: string, slowing: Slowing): Promise<void>;
  /** The try was right: `all` forgets the failures before it too. */
  succeed(kind: string, subject: string, all: boolean): Promise<void>;
  forgetOld(): Promise<void>;
}

/** A day without a failure wipes the slate. */
const FORGET = "interval '1 day'";

/** Kept in the database so that a restart forgives nothing; by keyed hash, so that it tells no name and no address. */
export function createAttempts(pool: Pool, key: Buffer, now: () => Date): Attempts {
  const tag = (kind: string, subject: string): Buffer =>
    createHmac("sha256", key).update(`${kind}\0${subject}`).digest();
  const wait = `make_interval(secs => case when a.failures < $3 then 0
    else least($5::float8, $4::float8 * 2 ^ least(a.failures - $3, 30)) end)`;
  return {
    // Tries at once reach the row in another order than they looked at the clock: what costs nothing asks for no order.
    async begin(kind, subject, { free, firstSeconds, mostSeconds }) {
      const values = [tag(kind, subject), now(), free, firstSeconds, mostSeconds];
      const { rowCount } = await pool.query(
        `insert into auth.attempts as a (key, failures, at) values ($1, 1, $2)
         on conflict (key) do update set at = greatest(a.at, excluded.at),
           failures = case when a.at < excluded.at - ${FORGET} then 1 else a.failures + 1 end
         where a.failures < $3 or a.at + ${wait} <= excluded.at`,
        values,
      );
      if (rowCount) return;
      const { rows } = await pool.query<{ seconds: number }>(
        `select extract(epoch from a.at + ${wait} - $2::timestamptz)::float8 as seconds from auth.attempts a where key = $1`,
        values,
      );
      throw new DoorstepError("request.tooMany", { seconds: Math.max(1, Math.ceil(rows[0]?.seconds ?? 1)) });
    },
    async succeed(kind, subject, all) {
      await pool.query(
        all
          ? "delete from auth.attempts where key = $1"
          : "update auth.attempts set failures = greatest(failures - 1, 0) where key = $1",
        [tag(kind, subject)],
      );
    },
    async forgetOld() {
      await pool.query(`delete from auth.attempts where at < $1::timestamptz - 2 * ${FORGET}`, [now()]);
    },
  };
}
