import type { ParkedEvents } from "@doorstep/contracts";
import { type Kernel, retryParked } from "@doorstep/kernel";
import type { Snapshot } from "../registry.ts";
import { consumerName } from "./event-consumers.ts";

/** What modules could not take in, so that an administrator can have it tried again. */
export async function parkedEvents(kernel: Kernel, snapshot: Snapshot): Promise<ParkedEvents> {
  const { rows } = await kernel.pool.query<{
    pluginId: string;
    givenUp: number;
    waiting: number;
    since: Date;
    types: string[];
    error: string | null;
  }>(
    `select split_part(p.consumer, ':', 2) as "pluginId",
        count(*) filter (where p.attempts > 0 and p.retry_at is null)::int as "givenUp",
        count(*)::int as waiting, min(o.at) as since,
        array_agg(distinct o.type) filter (where p.attempts > 0) as types, max(p.error) as error
       from kernel.parked p join kernel.outbox o on o.id = p.event_id
      where p.consumer like 'plugin:%' group by p.consumer order by p.consumer`,
  );
  return rows.map(({ since, error, types, ...row }) => ({
    ...row,
    title: snapshot.plugins.get(row.pluginId)?.manifest.title ?? null,
    since: since.toISOString(),
    types,
    error: error ?? "",
  }));
}

/** @returns how many petitions' events are tried again at once */
export const retryEvents = async (kernel: Kernel, pluginId: string): Promise<{ count: number }> => ({
  count: await retryParked(kernel, consumerName(pluginId)),
});
