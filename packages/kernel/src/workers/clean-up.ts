import { shelterFiles } from "../files/file-keys.ts";
import { type Blobs, forgetUnclaimed } from "../files/index.ts";
import { forgetUnchosen } from "../fonts/keep-font.ts";
import type { Kernel } from "../kernel.ts";
import { sealLeftovers } from "../organs/seal-leftovers.ts";
import { markFreshTexts } from "../search-index/mark-fresh-texts.ts";

type Cleaned = Pick<Kernel, "pool" | "now">;

const MONTHS_AHEAD = 3;
const DAY_MS = 86_400_000;
const COMMAND_LOG_DAYS = 30;
const TASK_DAYS = 730;
const AT_ONCE = 5_000;

/** Makes the months of ledger and outbox that are needed next: a missing one must be found three months early. */
export async function partitionsAhead(k: Cleaned): Promise<void> {
  const now = k.now();
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + MONTHS_AHEAD, 1));
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  await k.pool.query("select kernel.ensure_partitions($1::date, $2::date)", [day(from), day(until)]);
}

/** Nobody repeats a request after a month: its answer is forgotten, a piece at a time. */
export async function forgetOldKeys(k: Cleaned): Promise<number> {
  const before = new Date(k.now().getTime() - COMMAND_LOG_DAYS * DAY_MS);
  let gone = 0;
  for (;;) {
    const { rowCount } = await k.pool.query(
      `delete from kernel.command_log where (actor, key) in (
         select actor, key from kernel.command_log where at < $1 order by at limit ${AT_ONCE})`,
      [before],
    );
    gone += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_ONCE) return gone;
  }
}

/** What a unit's own work said is forgotten two years after it was done; that of a petition goes with its file. */
export async function forgetOldTasks(k: Cleaned): Promise<void> {
  const before = new Date(k.now().getTime() - TASK_DAYS * DAY_MS);
  await k.pool.query("delete from kernel.tasks where case_id is null and ended_at < $1", [before]);
  await k.pool.query("delete from kernel.appointments where case_id is null and ends_at < $1", [before]);
}

/** Once a day: months ahead, old keys, files that nobody sent in or that lie under too wide a key, faces nobody uses, which texts are the newest. */
export async function cleanUp(k: Cleaned & Pick<Kernel, "keys">, blobs?: Blobs): Promise<void> {
  await partitionsAhead(k);
  await forgetOldKeys(k);
  await forgetOldTasks(k);
  await shelterFiles(k);
  await sealLeftovers(k);
  await forgetUnchosen(k);
  await markFreshTexts(k.pool);
  if (blobs) await forgetUnclaimed(k, blobs);
}
