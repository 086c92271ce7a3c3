import type { Kernel } from "../kernel.ts";
import type { Arrived } from "./budget.ts";

const WINDOW_MS = 10 * 60_000;
/** Other processes' petitions count from the next look on; one's own at once. */
const FRESH_MS = 2_000;

interface Seen {
  readonly at: number;
  readonly units: Map<string, Arrived>;
}

/** What came in by the public pages lately, by the unit that took it in: the cases themselves are the count. */
const ARRIVED = `select c.intake_unit_id as unit, count(*)::int as count,
    sum(octet_length(c.body) + coalesce(f.size, 0))::float8 as bytes
  from kernel.cases c
  left join lateral (select sum(f.size) as size from kernel.files f where f.case_id = c.id and f.message_id is null) f on true
  where c.entered_at > $1 and not c.imported and c.channel_key not like 'kernel/%' group by 1`;

const none: Arrived = { count: 0, bytes: 0 };
const sum = (a: Arrived, b: Arrived): Arrived => ({ count: a.count + b.count, bytes: a.bytes + b.bytes });

/** One look for all who ask within two seconds; nothing about the senders is counted. */
const looks = new WeakMap<Kernel["pool"], Promise<Seen>>();

async function look(k: Pick<Kernel, "pool" | "now">): Promise<Seen> {
  const now = k.now().getTime();
  const known = await looks.get(k.pool);
  if (known && Math.abs(now - known.at) < FRESH_MS) return known;
  const asked = k.pool
    .query<{ unit: string; count: number; bytes: number }>({
      name: "filing_load",
      text: ARRIVED,
      values: [new Date(now - WINDOW_MS)],
    })
    .then(({ rows }): Seen => ({ at: now, units: new Map(rows.map((r) => [r.unit, r])) }));
  looks.set(k.pool, asked);
  asked.catch(() => looks.delete(k.pool));
  return asked;
}

/** What came in at the unit and in all within the last ten minutes. */
export async function arrivedLately(
  k: Pick<Kernel, "pool" | "now">,
  unitId: string,
): Promise<{ readonly unit: Arrived; readonly all: Arrived }> {
  const { units } = await look(k);
  return { unit: units.get(unitId) ?? none, all: [...units.values()].reduce(sum, none) };
}

/** Counts a petition that this process has just taken in. */
export async function countArrival(k: Pick<Kernel, "pool" | "now">, unitId: string, bytes: number): Promise<void> {
  const seen = await looks.get(k.pool);
  seen?.units.set(unitId, sum(seen.units.get(unitId) ?? none, { count: 1, bytes }));
}
