import { DoorstepError } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { followMove } from "../organs/follow-move.ts";
import { assertFresh, type LockedUnit, lockLivingUnit, lockTree } from "./lock-units.ts";
import { reaudience } from "./reaudience.ts";
import { turnPeriod } from "./unit-history.ts";

export interface UnitMove {
  readonly unitId: string;
  readonly parentId: string;
  readonly version: number;
  readonly why: string;
}

/**
 * Hangs a unit with everything below it under another parent. Who sees the petitions below changes in the same
 * transaction: the units above before lose them, the new ones gain them.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `unit.stale`, `unit.cycle`
 */
export async function moveUnit(change: Change, input: UnitMove): Promise<void> {
  await lockTree(change);
  const unit = await lockLivingUnit(change, input.unitId);
  assertFresh(unit, input.version);
  const parent = await lockLivingUnit(change, input.parentId);
  if (parent.path.includes(unit.id)) throw new DoorstepError("unit.cycle");
  if (unit.parentId === parent.id) return;

  await setParent(change, unit, parent);
  await turnPeriod(change, { ...unit, parentId: parent.id }, { on: unit.today, why: input.why });
  await reaudience(change, unit.id);
  if (change.keys) await followMove({ ...change, keys: change.keys }, unit.id);
  await recordFact(change.client, {
    stream: unit.id,
    at: change.at,
    type: "unit.changed",
    actor: change.by,
    facts: { act: "moved", from: unit.parentId, to: parent.id, version: unit.version + 1 },
  });
}

/** The path of the whole subtree in one statement: what stands before the unit in each path is replaced. */
async function setParent(change: Change, unit: LockedUnit, parent: LockedUnit): Promise<void> {
  await change.client.query(
    `update kernel.units u set
       path = $2::uuid[] || u.path[array_position(u.path, $1::uuid):],
       level = cardinality($2::uuid[]) + cardinality(u.path) - array_position(u.path, $1::uuid) + 1,
       parent_id = case when u.id = $1 then $3::uuid else u.parent_id end,
       version = u.version + case when u.id = $1 then 1 else 0 end
      where u.path @> array[$1::uuid]`,
    [unit.id, parent.path, parent.id],
  );
}
