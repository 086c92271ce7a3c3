import type { Kernel } from "../kernel.ts";

/** How far the consumers are behind, for whoever looks after the house. */
export interface OutboxState {
  /** events that were given up for now or wait behind such a one */
  readonly parked: number;
  /** age of the oldest event that one of the consumers has not seen, in seconds; 0 where all are up to date */
  readonly behindSeconds: number;
}

export async function outboxState({ pool, now }: Pick<Kernel, "pool" | "now">): Promise<OutboxState> {
  const { rows } = await pool.query<{ parked: number; oldest: Date | null }>({
    name: "outbox_state",
    text: `select (select count(*)::int from kernel.parked) as parked, (select min(x.at) from kernel.consumers c
      cross join lateral (select o.at from kernel.outbox o where (o.epoch, o.xid, o.id) > (c.epoch, c.xid, c.id)
        order by o.epoch, o.xid, o.id limit 1) x) as oldest`,
  });
  const [row] = rows;
  const behind = row?.oldest ? (now().getTime() - row.oldest.getTime()) / 1_000 : 0;
  return { parked: row?.parked ?? 0, behindSeconds: Math.max(0, behind) };
}
