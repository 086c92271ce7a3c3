import { type Actor, mayAt } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import type { OverviewItem } from "./handlers.ts";

const HOUR_MS = 3_600_000;
/** A daily backup that is two hours late. */
const LATE_HOURS = 26;
const URGENT_HOURS = 72;

interface Known {
  readonly good: Date | null;
  readonly bad: Date | null;
  /** since when the house is at work */
  readonly since: Date | null;
}

/** How old the last good backup is, told to those who answer for the whole house; the truth where there is none. */
export async function backupItems(kernel: Kernel, actor: Actor): Promise<OverviewItem[]> {
  const { rows: roots } = await kernel.pool.query<{ id: string }>(
    "select id from kernel.units where parent_id is null",
  );
  if (
    !mayAt(
      actor,
      "units.manage",
      roots.map((root) => root.id),
    )
  )
    return [];
  const { rows } = await kernel.pool.query<Known>(
    `select (select max(finished_at) from kernel.backups where good) as good,
       (select max(finished_at) from kernel.backups where not good) as bad,
       (select min(opened_at) from kernel.epochs) as since`,
  );
  const [known] = rows;
  return known ? itemsOf(known, kernel.now()) : [];
}

function itemsOf({ good, bad, since }: Known, now: Date): OverviewItem[] {
  const hours = (at: Date): number => Math.floor((now.getTime() - at.getTime()) / HOUR_MS);
  const items: OverviewItem[] = [];
  const say = (code: string, age: number, params: OverviewItem["params"] = {}): void => {
    items.push({ level: age >= URGENT_HOURS ? "red" : "amber", code, params, unit: null });
  };
  if (good === null) say("backupNever", since === null ? 0 : hours(since));
  else if (hours(good) >= LATE_HOURS) say("backupOld", hours(good), { hours: hours(good) });
  if (bad !== null && (good === null || bad > good)) say("backupFailed", good === null ? 0 : hours(good));
  return items;
}
