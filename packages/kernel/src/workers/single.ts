import type { Pool } from "pg";

/** Advisory locks of the kernel's workers; the first number says whose they are. */
const OURS = 0x646f_6f72;
const works = {
  backlog: 17,
  backup: 12,
  proof: 9,
  sweep: 1,
  seal: 2,
  clean: 3,
  deliver: 10,
  ledgerCheck: 23,
  retention: 24,
  retaliation: 25,
} as const;

/** The two numbers of the advisory lock, for whoever asks whether the work is being done. */
export const lockOf = (name: keyof typeof works): [number, number] => [OURS, works[name]];

export interface RunOptions {
  /** wait for another process that is at it, instead of leaving it to that one */
  readonly wait?: boolean;
}

/**
 * Runs the work unless another process is at it; a process that dies gives the lock back with its connection.
 *
 * @returns `null` when another was at it.
 */
export async function single<T>(
  pool: Pool,
  name: keyof typeof works,
  options: RunOptions,
  work: () => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  const key = lockOf(name);
  let broken: Error | undefined;
  try {
    if (options.wait) await client.query("select pg_advisory_lock($1, $2)", key);
    else {
      const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1, $2) as mine", key);
      if (!rows[0]?.mine) return null;
    }
    try {
      return await work();
    } finally {
      await client.query("select pg_advisory_unlock($1, $2)", key).catch((failure: Error) => {
        broken = failure;
      });
    }
  } finally {
    // closed, not reused, where the lock may still hang on it
    client.release(broken);
  }
}
