import { DoorstepError } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { assertFresh, type LockedUnit, lockLivingUnit, lockTree } from "./lock-units.ts";
import { succeed } from "./succeed.ts";
import { turnPeriod } from "./unit-history.ts";

export interface UnitRetirement {
  readonly unitId: string;
  readonly version: number;
  readonly successorId: string | null;
  readonly why: string;
}

/**
 * Closes a unit as of today. What it holds goes to its successor or, where none is named and nothing shows, to the unit
 * above: whether an accusation is hidden there must not be told by a refusal.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `unit.stale`, `unit.hasChildren`, `unit.hasOpenCases`
 */
export async function retireUnit(change: Change, input: UnitRetirement): Promise<void> {
  await lockTree(change);
  const unit = await lockLivingUnit(change, input.unitId);
  assertFresh(unit, input.version);
  await assertNothingBelow(change, unit);
  const successor = await successorOf(change, unit, input.successorId);

  await change.client.query(
    "update kernel.units set valid_until = $2, successor_id = $3, version = version + 1 where id = $1",
    [unit.id, unit.today, successor],
  );
  await turnPeriod(change, unit, { on: unit.today, why: input.why, ends: true });
  if (successor) await succeed(change, { from: unit.id, heirs: [successor], rest: successor }, input.why);
  await recordFact(change.client, {
    stream: unit.id,
    at: change.at,
    type: "unit.changed",
    actor: change.by,
    facts: { act: "retired", successor, version: unit.version + 1 },
  });
}

async function assertNothingBelow(change: Change, unit: LockedUnit): Promise<void> {
  const { rows } = await change.client.query<{ count: number }>(
    `select count(*)::int as count from kernel.units where parent_id = $1 and (valid_until is null or valid_until > $2)`,
    [unit.id, unit.today],
  );
  const count = rows[0]?.count ?? 0;
  if (count > 0) throw new DoorstepError("unit.hasChildren", { count });
}

async function successorOf(change: Change, unit: LockedUnit, wanted: string | null): Promise<string | null> {
  if (wanted !== null) {
    if (wanted === unit.id) throw new DoorstepError("unit.retired");
    return (await lockLivingUnit(change, wanted)).id;
  }
  const { rows } = await change.client.query<{ count: number }>(
    "select count(*)::int as count from kernel.case_audience where key = $1 and open",
    [unit.id],
  );
  const count = rows[0]?.count ?? 0;
  if (count > 0) throw new DoorstepError("unit.hasOpenCases", { count });
  return unit.parentId;
}
