import type { Kernel } from "../kernel.ts";

/** How far the consumers are behind, for whoever looks after the house. */
export interface OutboxState {
  /** events that were given up for now or wait behind such a one */
  readonly parked: number;
  /** age of the oldest event that one of the consumers has not seen, in seconds; 0 where all are up to date */
  readonly behindSeconds: number;
}

/** @param rests whether a consumer is not at work now, as that of a module which has ended: it keeps its place and is not behind */
export async function outboxState(
  { pool, now }: Pick<Kernel, "pool" | "now">,
  rests: (consumer: string) => boolean = () => false,
): Promise<OutboxState> {
  const { rows } = await pool.query<{ name: string; parked: number; oldest: Date | null }>({
    name: "outbox_state",
    text: `select c.name, (select count(*)::int from kernel.parked p where p.consumer = c.name) as parked,
      (select o.at from kernel.outbox o where (o.epoch, o.xid, o.id) > (c.epoch, c.xid, c.id)
        order by o.epoch, o.xid, o.id limit 1) as oldest from kernel.consumers c`,
  });
  const working = rows.filter((row) => !rests(row.name));
  const waits = working.flatMap(({ oldest }) => (oldest ? [(now().getTime() - oldest.getTime()) / 1_000] : []));
  return {
    parked: working.reduce((sum, { parked }) => sum + parked, 0),
    behindSeconds: Math.max(0, ...waits),
  };
}
