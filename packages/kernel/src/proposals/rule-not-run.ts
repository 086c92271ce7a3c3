import { states } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { moduleParts } from "../case-data/module-parts.ts";
import { acted } from "../cases/acted.ts";
import { destinationRefusals, livingUnit } from "../cases/route.ts";
import type { Kernel } from "../kernel.ts";
import { openToModules } from "../life-cycle/guards.ts";
import { type Command, execute } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";

/** A rule of a module that could not say what it thinks of a petition. */
interface Failed {
  readonly pluginId: string;
  readonly rule: string;
}

const notRun: Command<Failed, unknown> = {
  act: {
    act: "ruleNotRun",
    from: states,
    to: "same",
    who: moduleParts,
    guards: [openToModules],
    clocks: [],
    entry: "case.ruleNotRun",
  },
  decide: (_k, loaded, _s, { pluginId, rule }) => ({
    result: acted(loaded.case),
    facts: { module: pluginId, rule },
  }),
};

/**
 * Writes down in the petition's own chain that a rule did not run and that it goes on as if there were none; once for
 * each rule and person who asked.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` for what lies sealed with its organ
 */
export async function recordRuleNotRun(k: Kernel, actor: Actor, caseId: string, failed: Failed): Promise<void> {
  const key = `rule-not-run:${failed.pluginId}/${failed.rule}:${caseId}`;
  await execute(k, notRun, { caseId, key, party: { kind: "person", actor } }, failed);
}

/** Whether a petition may go to a unit at all: in force, another one, and not complained of, nor below one that is. */
export async function mayGoTo(k: Kernel, caseId: string, unitId: string): Promise<boolean> {
  const loaded = await loadCase(k.pool, caseId, "", "");
  const to = await livingUnit(k, unitId).catch(() => undefined);
  return !!loaded && !!to && destinationRefusals(loaded.case, to).length === 0;
}
