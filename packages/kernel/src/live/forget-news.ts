import type { Kernel } from "../kernel.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A screen that was away for longer reads everything anew. */
const KEPT_LIVE_MS = HOUR_MS;
/** The case itself keeps what happened; who was told of it a year ago is nobody's concern any more. */
const KEPT_NOTIFICATIONS_MS = 366 * DAY_MS;

/** What open screens have missed by now, who left without saying so, and notifications of last year. */
export async function forgetNews(k: Pick<Kernel, "pool" | "now">): Promise<void> {
  const now = k.now();
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await k.pool.query("delete from kernel.live where at < $1", [before(KEPT_LIVE_MS)]);
  await k.pool.query("delete from kernel.presence where until < $1", [now]);
  await k.pool.query(
    `delete from kernel.notifications where id in (select id from kernel.notifications where at < $1 order by at limit 5000)`,
    [before(KEPT_NOTIFICATIONS_MS)],
  );
}
