import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMayAt } from "../actor-scope.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { freshRules } from "./fresh-rules.ts";

export interface UnitInView {
  readonly unit: UnitFacts;
  readonly today: string;
}

/**
 * A unit whose rules are asked for, with the newest rules at hand.
 *
 * @throws DoorstepError `unit.notFound` where the actor may not even read it, `forbidden` where he may not change it.
 */
export async function unitInView(
  k: Kernel,
  actor: Actor,
  unitId: string,
  permission: "units.read" | "policy.manage" = "units.read",
): Promise<UnitInView> {
  const [[unit]] = await Promise.all([unitAndAncestors(k.pool, unitId), freshRules(k)]);
  if (!unit) throw new DoorstepError("unit.notFound");
  assertMayAt(actor, "units.read", unit.path, "unit.notFound");
  assertMayAt(actor, permission, unit.path);
  return { unit, today: localDateOf(k.now().toISOString(), unit.timeZone) };
}
