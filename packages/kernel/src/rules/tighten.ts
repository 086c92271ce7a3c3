import { DoorstepError, type tightenInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Change } from "../change.ts";
import { ruleFor } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { lockLivingUnit } from "../units/lock-units.ts";
import type { Reader } from "../units/unit-path.ts";
import { limitOf, nameOfRef, ownSave } from "./policy-table.ts";
import { openStates, RUNNING } from "./running-cases.ts";
import type { UnitInView } from "./unit-in-view.ts";

type Input = z.output<typeof tightenInput>;
type Numbers = Input["numbers"];

/**
 * The numbers that make something shorter; one that says what holds anyway is left out.
 *
 * @throws DoorstepError `pack.validFromPast`, `pack.unknownClock`, `pack.fixed`, `pack.looser`
 */
function shortening(k: Pick<Kernel, "rules">, { unit, today }: UnitInView, i: Omit<Input, "reason">): Numbers {
  if (i.validFrom < today) throw new DoorstepError("pack.validFromPast", { today });
  const pack = k.rules.packFor(unit.policyPack, i.validFrom);
  const above = k.rules.shortened(unit.path.slice(1), i.validFrom);
  const shorter: Numbers = {};
  for (const [clock, amount] of Object.entries(i.numbers)) {
    if (!ruleFor(pack, {}, clock)) throw new DoorstepError("pack.unknownClock", { clock });
    const max = limitOf(pack, above, clock);
    if (max === null) throw new DoorstepError("pack.fixed", { clock });
    if (amount > max) throw new DoorstepError("pack.looser", { clock, max });
    if (amount < max) shorter[clock] = amount;
  }
  return shorter;
}

/** Units below whose own numbers say less than the new ones, so that they have no effect any more. */
async function overridden(reader: Reader, unitId: string, numbers: Numbers): Promise<number> {
  const { rows } = await reader.query<{ numbers: Numbers }>(
    `select distinct on (t.unit_id) t.numbers from kernel.tightenings t join kernel.units u on u.id = t.unit_id
      where u.path @> array[$1]::uuid[] and u.id <> $1 order by t.unit_id, t.version desc`,
    [unitId],
  );
  return rows.filter((r) =>
    Object.entries(r.numbers).some(([ref, n]) => n >= (numbers[ref] ?? Number.POSITIVE_INFINITY)),
  ).length;
}

/** What a save would change, before anybody decides. */
export async function previewTightening(k: Kernel, at: UnitInView, i: Omit<Input, "reason">) {
  const { unit, today } = at;
  const before = await ownSave(k.pool, unit.id);
  if (before.version !== i.version) throw new DoorstepError("pack.stale");
  const numbers = shortening(k, at, i);
  const pack = k.rules.packFor(unit.policyPack, i.validFrom);
  const holds = k.rules.shortened(unit.path, today);
  const above = k.rules.shortened(unit.path.slice(1), i.validFrom);
  const changes = [...new Set([...Object.keys(before.numbers), ...Object.keys(numbers)])].flatMap((ref) => {
    const was = ruleFor(pack, holds, ref);
    const to = numbers[ref] ?? limitOf(pack, above, ref);
    return was && to !== null && was.amount !== to
      ? [{ ref, name: nameOfRef(ref), unit: was.unit, from: was.amount, to }]
      : [];
  });
  const { rows } = await k.pool.query<{ n: number }>(`select count(*)::int as n from ${RUNNING}`, [
    unit.id,
    openStates,
  ]);
  return { changes, overridden: await overridden(k.pool, unit.id, numbers), running: rows[0]?.n ?? 0 };
}

/**
 * Saves all own numbers of a unit as a new version; earlier ones stay, and running clocks keep what they started with.
 *
 * @throws DoorstepError `pack.stale` and what the preview refuses
 */
export async function tighten(change: Change, k: Kernel, at: UnitInView, i: Input, personId: string): Promise<void> {
  await lockLivingUnit(change, at.unit.id);
  const before = await ownSave(change.client, at.unit.id);
  if (before.version !== i.version) throw new DoorstepError("pack.stale");
  const numbers = shortening(k, at, i);
  const version = before.version + 1;
  await change.client.query(
    `insert into kernel.tightenings (unit_id, version, valid_from, numbers, reason, saved_by, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [at.unit.id, version, i.validFrom, numbers, i.reason, personId, change.at],
  );
  await recordFact(change.client, {
    stream: at.unit.id,
    at: change.at,
    type: "policy.changed",
    actor: change.by,
    facts: { act: "tightened", version, validFrom: i.validFrom, numbers },
  });
}
