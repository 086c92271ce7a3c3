import type { Pool } from "pg";
import type { Attempts } from "./attempts.ts";
import { SESSION_IDLE_MS } from "./find-session.ts";

/** Removes sessions that are over, sign-ins that were begun and left, and failures of the day before yesterday. */
export async function cleanAccounts(pool: Pool, attempts: Attempts, now: Date): Promise<void> {
  await pool.query("delete from auth.sessions where used_at < $1", [new Date(now.getTime() - SESSION_IDLE_MS)]);
  // The account library ends these by the machine's own clock.
  await pool.query("delete from auth.verifications where expires_at < now()");
  await attempts.forgetOld();
}
