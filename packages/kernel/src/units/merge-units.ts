import { DoorstepError } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import type { ModuleStates } from "../overview/module-states.ts";
import { createUnit } from "./create-unit.ts";
import { type Ended, endUnit, type NewName, type Share } from "./end-unit.ts";
import { assertFresh, type LockedUnit, lockLivingUnit, lockTree } from "./lock-units.ts";
import { keepRules } from "./split-unit.ts";

export interface UnitMerge {
  readonly units: readonly { readonly unitId: string; readonly version: number }[];
  readonly into:
    | { readonly kind: "existing"; readonly unitId: string; readonly version: number }
    | ({ readonly kind: "new"; readonly parentId: string } & NewName);
  readonly why: string;
}

async function lockSources(change: Change, input: UnitMerge): Promise<readonly [LockedUnit, ...LockedUnit[]]> {
  const ids = input.units.map((u) => u.unitId);
  if (new Set(ids).size !== ids.length) throw new DoorstepError("unit.assignedTwice");
  const locked: LockedUnit[] = [];
  for (const { unitId, version } of input.units) {
    const unit = await lockLivingUnit(change, unitId);
    assertFresh(unit, version);
    locked.push(unit);
  }
  const [first, ...others] = locked;
  if (!first) throw new DoorstepError("input.invalid");
  return [first, ...others];
}

async function targetOf(change: Change, input: UnitMerge, sources: readonly [LockedUnit, ...LockedUnit[]]) {
  const { into } = input;
  const place = await lockLivingUnit(change, into.kind === "existing" ? into.unitId : into.parentId);
  // what ends cannot carry what comes after it
  if (sources.some((unit) => place.path.includes(unit.id))) throw new DoorstepError("unit.cycle");
  if (into.kind === "existing") {
    assertFresh(place, into.version);
    return place.id;
  }
  const [first] = sources;
  const { code, name } = into;
  const id = await createUnit(change, { parentId: place.id, code, name, timeZone: first.timeZone, strength: null });
  await keepRules(change, first, [id]);
  return id;
}

const sum = (shares: readonly Share[], of: "openCases" | "clocks" | "people" | "subUnits" | "offices"): number =>
  shares.reduce((total, share) => total + share[of], 0);

/**
 * Joins units into one, which is there already or is made: everything of theirs is that one's from now on. Who had a role
 * at one of them has it there. Clocks run on.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `unit.stale`, `unit.cycle`, `unit.codeTaken`,
 *   `unit.assignedTwice`, `input.invalid`
 */
export async function mergeUnits(
  change: Change,
  modules: Pick<ModuleStates, "carry">,
  input: UnitMerge,
): Promise<Ended> {
  await lockTree(change);
  const sources = await lockSources(change, input);
  const target = await targetOf(change, input, sources);
  const ended: Ended[] = [];
  // the lower ones first: a unit that ends is hung nowhere any more
  for (const unit of sources.toSorted((a, b) => b.path.length - a.path.length))
    ended.push(
      await endUnit(change, modules, {
        unit,
        heirs: [target],
        rest: target,
        people: new Map(),
        subUnits: new Map(),
        copiesModules: input.into.kind === "new" && unit === sources[0],
        act: "merged",
        why: input.why,
      }),
    );
  const shares = ended.flatMap((e) => e.shares);
  const plugins = (of: "modulesTurnedOn" | "modulesTurnedOff") => [...new Set(shares.flatMap((s) => s[of]))].toSorted();
  return {
    shares: [
      {
        unitId: target,
        openCases: sum(shares, "openCases"),
        clocks: sum(shares, "clocks"),
        people: sum(shares, "people"),
        subUnits: sum(shares, "subUnits"),
        offices: sum(shares, "offices"),
        modulesTurnedOn: plugins("modulesTurnedOn"),
        modulesTurnedOff: plugins("modulesTurnedOff"),
      },
    ],
    liftedUp: ended.reduce((n, e) => n + e.liftedUp, 0),
    rolesCarried: ended.reduce((n, e) => n + e.rolesCarried, 0),
  };
}
