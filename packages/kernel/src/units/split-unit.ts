import { DoorstepError } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import type { ModuleStates } from "../overview/module-states.ts";
import { createUnit } from "./create-unit.ts";
import { type Ended, endUnit, type NewName } from "./end-unit.ts";
import { assertFresh, type LockedUnit, lockLivingUnit, lockTree } from "./lock-units.ts";

export interface UnitSplit {
  readonly unitId: string;
  readonly version: number;
  readonly parts: readonly (NewName & { readonly people: readonly string[]; readonly subUnits: readonly string[] })[];
  /** place in `parts` of the one that takes what is assigned to none */
  readonly rest: number;
  readonly why: string;
}

const CHILDREN = "select id from kernel.units where parent_id = $1 and id = any($2::uuid[])";
const PEOPLE = "select id from kernel.people where unit_id = $1 and id = any($2::uuid[])";

/** Each assigned once, and only what is the unit's own. */
async function assertOwn(
  change: Change,
  unit: LockedUnit,
  ids: readonly string[],
  what: { readonly sql: string; readonly missing: "person.notFound" | "unit.notFound" },
): Promise<void> {
  if (new Set(ids).size !== ids.length) throw new DoorstepError("unit.assignedTwice");
  const { rowCount } = await change.client.query(what.sql, [unit.id, ids]);
  if (rowCount !== ids.length) throw new DoorstepError(what.missing);
}

/**
 * Puts several new units in the place of one: people and units below go where they are assigned, petitions to the unit
 * of their handler or of their place, everything else to the one named for the rest. Clocks run on.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `unit.stale`, `unit.splitRoot`, `unit.codeTaken`,
 *   `unit.assignedTwice`, `person.notFound`, `input.invalid`
 */
export async function splitUnit(
  change: Change,
  modules: Pick<ModuleStates, "carry">,
  input: UnitSplit,
): Promise<Ended> {
  await lockTree(change);
  const unit = await lockLivingUnit(change, input.unitId);
  assertFresh(unit, input.version);
  if (unit.parentId === null) throw new DoorstepError("unit.splitRoot");
  await assertOwn(
    change,
    unit,
    input.parts.flatMap((p) => p.people),
    { sql: PEOPLE, missing: "person.notFound" },
  );
  await assertOwn(
    change,
    unit,
    input.parts.flatMap((p) => p.subUnits),
    { sql: CHILDREN, missing: "unit.notFound" },
  );

  const heirs: string[] = [];
  for (const { code, name } of input.parts)
    heirs.push(
      await createUnit(change, { parentId: unit.parentId, code, name, timeZone: unit.timeZone, strength: null }),
    );
  await keepRules(change, unit, heirs);
  const rest = heirs[input.rest];
  if (rest === undefined) throw new DoorstepError("input.invalid");
  const assigned = (of: "people" | "subUnits"): ReadonlyMap<string, string> =>
    new Map(input.parts.flatMap((part, n) => part[of].map((id) => [id, heirs[n] ?? rest] as const)));
  return endUnit(change, modules, {
    unit,
    heirs,
    rest,
    people: assigned("people"),
    subUnits: assigned("subUnits"),
    copiesModules: true,
    act: "split",
    why: input.why,
  });
}

/** Rules and calendar are those of the unit that is split, also where it had chosen its own. */
export async function keepRules(change: Change, unit: LockedUnit, heirs: readonly string[]): Promise<void> {
  await change.client.query(
    "update kernel.units set policy_pack = $2, calendar_region = $3 where id = any($1::uuid[])",
    [heirs, unit.policyPack, unit.calendarRegion],
  );
}
