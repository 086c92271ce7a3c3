import type { Text } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import type { ModuleChanges, ModuleStates } from "../overview/module-states.ts";
import { carryGrants, carryOffices, carryPeople } from "./carry-staff.ts";
import { isLiving } from "./living.ts";
import type { LockedUnit } from "./lock-units.ts";
import { moveUnit } from "./move-unit.ts";
import { type Carried, succeed } from "./succeed.ts";
import { turnPeriod } from "./unit-history.ts";

/** A unit that ends, and those that come after it. */
export interface Ending {
  readonly unit: LockedUnit;
  readonly heirs: readonly string[];
  /** gets what is assigned to none of them */
  readonly rest: string;
  readonly people: ReadonlyMap<string, string>;
  readonly subUnits: ReadonlyMap<string, string>;
  /** the heirs are new: they choose the modules their predecessor chose */
  readonly copiesModules: boolean;
  readonly act: "split" | "merged";
  readonly why: string;
}

/** What one heir got. */
export interface Share {
  readonly unitId: string;
  readonly openCases: number;
  readonly clocks: number;
  readonly people: number;
  readonly subUnits: number;
  readonly offices: number;
  readonly modulesTurnedOn: readonly string[];
  readonly modulesTurnedOff: readonly string[];
}

export interface Ended {
  readonly shares: readonly Share[];
  /** petitions that went one level up: the heir is complained of, or would review its own reply */
  readonly liftedUp: number;
  /** people who hold a role at an heir that they did not hold there before */
  readonly rolesCarried: number;
}

async function carrySubUnits(change: Change, e: Ending): Promise<ReadonlyMap<string, number>> {
  const { rows } = await change.client.query<{ id: string; version: number }>(
    `select u.id, u.version from kernel.units u where u.parent_id = $1 and ${isLiving("u", "$2")} order by u.code`,
    [e.unit.id, change.at],
  );
  const count = new Map<string, number>();
  for (const child of rows) {
    const parentId = e.subUnits.get(child.id) ?? e.rest;
    await moveUnit(change, { unitId: child.id, parentId, version: child.version, why: e.why });
    count.set(parentId, (count.get(parentId) ?? 0) + 1);
  }
  return count;
}

async function close(change: Change, e: Ending): Promise<void> {
  const { unit } = e;
  await change.client.query(
    "update kernel.units set valid_until = $2, successor_id = $3, version = version + 1 where id = $1",
    [unit.id, unit.today, e.rest],
  );
  await turnPeriod(change, unit, { on: unit.today, why: e.why, ends: true });
  await recordFact(change.client, {
    stream: unit.id,
    at: change.at,
    type: "unit.changed",
    actor: change.by,
    facts: { act: e.act, into: e.heirs, successor: e.rest, version: unit.version + 1 },
  });
}

function shareOf(
  unitId: string,
  got: {
    readonly carried: Carried;
    readonly people: ReadonlyMap<string, number>;
    readonly subUnits: ReadonlyMap<string, number>;
    readonly offices: number;
    readonly modules: ModuleChanges;
  },
): Share {
  return {
    unitId,
    openCases: got.carried.cases.get(unitId) ?? 0,
    clocks: got.carried.clocks.get(unitId) ?? 0,
    people: got.people.get(unitId) ?? 0,
    subUnits: got.subUnits.get(unitId) ?? 0,
    offices: got.offices,
    modulesTurnedOn: got.modules.on,
    modulesTurnedOff: got.modules.off,
  };
}

/** Ends a unit and passes everything it has to those who come after it, in the caller's transaction. */
export async function endUnit(change: Change, modules: Pick<ModuleStates, "carry">, e: Ending): Promise<Ended> {
  const staff = { from: e.unit.id, heirs: e.heirs, rest: e.rest, people: e.people };
  // the discipline organ first: so it still stands above the units below when they are hung on
  const offices = await carryOffices(change, staff);
  const subUnits = await carrySubUnits(change, e);
  const changed = new Map<string, ModuleChanges>();
  for (const to of e.heirs)
    changed.set(to, await modules.carry(change.client, { from: e.unit.id, to, copy: e.copiesModules }));
  await close(change, e);
  const people = await carryPeople(change, staff);
  const rolesCarried = await carryGrants(change, staff);
  const carried = await succeed(change, staff, e.why);
  return {
    shares: e.heirs.map((id) =>
      shareOf(id, {
        carried,
        people,
        subUnits,
        offices: id === e.rest ? offices : 0,
        modules: changed.get(id) ?? { on: [], off: [] },
      }),
    ),
    liftedUp: carried.liftedUp,
    rolesCarried,
  };
}

/** A unit made by the change: what it is called and how it is known. */
export interface NewName {
  readonly code: string;
  readonly name: Text;
}
