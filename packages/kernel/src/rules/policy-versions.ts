import type { PolicyVersions } from "@doorstep/contracts";
import { compareVersions } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import { packSummaryOf } from "./policy-table.ts";
import { openStates, RUNNING } from "./running-cases.ts";
import type { UnitInView } from "./unit-in-view.ts";

/** What a unit has saved, newest first, and which running cases go by which version of a pack. */
export async function policyVersionsOf(k: Kernel, { unit, today }: UnitInView): Promise<PolicyVersions> {
  const own = await k.pool.query<Omit<PolicyVersions["own"][number], "at"> & { readonly at: Date }>(
    `select t.version, t.valid_from as "validFrom", t.reason, p.name as by, t.at, t.numbers
       from kernel.tightenings t join kernel.people p on p.id = t.saved_by
      where t.unit_id = $1 order by t.version desc limit 100`,
    [unit.id],
  );
  const running = await k.pool.query<{ pack: string; version: string; n: number }>(
    `select c.pack, c.pack_version as version, count(*)::int as n from ${RUNNING} group by 1, 2`,
    [unit.id, openStates],
  );
  const now = k.rules.packFor(unit.policyPack, today);
  const of = (id: string, version: string): number =>
    running.rows.find((r) => r.pack === id && r.version === version)?.n ?? 0;
  const packs = k.rules
    .packs()
    .map((p) => ({
      ...packSummaryOf(p),
      current: p.id === now.id && p.version === now.version,
      running: of(p.id, p.version),
    }))
    .filter((p) => p.id === unit.policyPack || p.running > 0)
    .toSorted((a, b) => (a.id === b.id ? compareVersions(b.version, a.version) : a.id < b.id ? -1 : 1));
  return { own: own.rows.map((r) => ({ ...r, at: r.at.toISOString() })), packs };
}
