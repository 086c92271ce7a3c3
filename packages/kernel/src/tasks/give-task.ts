import { DoorstepError, type Role } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMaySee } from "../cases/read-case.ts";
import type { Kernel } from "../kernel.ts";
import { seesAsStaff } from "../notifications/may-be-told.ts";
import { roleHolders } from "../notifications/role-holders.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { makeTask, type NewTask } from "./task-acts.ts";
import { makeUnitTask } from "./unit-tasks.ts";

/** Whom a module gives a task: a person, whoever handles the petition, or the holder of a role with the least to do. */
export type TaskFor = "handler" | { readonly personId: string } | { readonly role: Role };

export interface Given {
  /** `null`: the module's own repeated work at the unit */
  readonly by: Actor | null;
  readonly unitId: string;
  readonly caseId: string | null;
  /** the same key makes no second one */
  readonly key: string;
  readonly to: TaskFor;
}

interface Held {
  readonly holder: string;
  readonly handler: string | null;
  readonly path: readonly string[];
}

async function held(k: Kernel, by: Given): Promise<Held | null> {
  if (by.caseId === null) return null;
  if (by.by) await assertMaySee(k, by.by, by.caseId);
  const { rows } = await k.pool.query<Held>(
    `select u.id as holder, u.path, c.handler_id as handler from kernel.cases c
       join kernel.units u on u.id = kernel.heir(c.holder_unit_id) where c.id = $1`,
    [by.caseId],
  );
  const [found] = rows;
  if (!found || (!by.by && !found.path.includes(by.unitId))) throw new DoorstepError("case.notFound");
  return found;
}

/** Of the nearest holders who may know of it, the one with the fewest open tasks. */
async function leastBusy(k: Kernel, unitId: string, role: Role, caseId: string | null): Promise<string | undefined> {
  for (const people of await roleHolders(k, unitId, [role])) {
    const actors = (await Promise.all(people.map((id) => loadActor(k, id, k.now())))).flatMap((one) => one ?? []);
    const may = caseId === null ? actors : [...(await seesAsStaff(k, actors, caseId))];
    const { rows } = await k.pool.query<{ id: string }>(
      `select p.id from unnest($1::uuid[]) p(id) left join kernel.tasks t on t.person_id = p.id and t.state = 'open'
        group by p.id order by count(t.id), p.id limit 1`,
      [may.map((one) => one.personId)],
    );
    if (rows[0]) return rows[0].id;
  }
  return undefined;
}

/**
 * Gives one person a task, of a petition or of a unit.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`, `task.personCannot`, `task.past`, or `act.refused` with these
 */
export async function giveTask(
  k: Kernel,
  given: Given,
  task: Omit<NewTask, "personId">,
): Promise<{ readonly taskId: string }> {
  const { by, caseId, to } = given;
  const at = await held(k, given);
  const personId =
    to === "handler"
      ? at?.handler
      : "personId" in to
        ? to.personId
        : await leastBusy(k, at?.holder ?? given.unitId, to.role, caseId);
  if (!personId) throw new DoorstepError("task.personCannot");
  const full: NewTask = { ...task, personId };
  if (caseId === null) return await makeUnitTask(k, by, { unitId: given.unitId, key: given.key }, full);
  const party = by ? ({ kind: "person", actor: by } as const) : ({ kind: "system" } as const);
  return await execute(k, makeTask, { caseId, key: `${task.pluginId}:${given.key}`, party }, full);
}
