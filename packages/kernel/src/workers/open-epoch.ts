import type { Kernel } from "../kernel.ts";

const DENIED = "42501";

/**
 * Opens a new epoch where the database is another server's than before (restored, moved): its transaction numbers
 * begin again, and what is written now must not sort before what is there. A server that does not tell who it is
 * keeps its epoch.
 */
export async function openEpoch(k: Pick<Kernel, "pool" | "now" | "log">): Promise<void> {
  try {
    await k.pool.query(
      `insert into kernel.epochs (epoch, system_identifier, opened_at)
       select coalesce((select max(epoch) from kernel.epochs), 0) + 1, s.system_identifier::text, $1
         from pg_control_system() s
        where s.system_identifier::text is distinct from
          (select e.system_identifier from kernel.epochs e order by e.epoch desc limit 1)
       on conflict do nothing`,
      [k.now()],
    );
  } catch (error) {
    if ((error as { code?: string }).code !== DENIED) throw error;
    k.log.warn("the server does not tell its identity: open an epoch by hand after a restore");
  }
}
