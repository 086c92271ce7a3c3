import { DoorstepError } from "@doorstep/contracts";
import { type Actor, holdsRoleAt } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { audiencesOf, reachesAsStaff } from "../notifications/may-be-told.ts";
import { execute } from "../pipeline/execute.ts";
import { handTaskOn } from "./task-acts.ts";
import { handUnitTasksOn } from "./unit-tasks.ts";

interface Open {
  readonly id: string;
  readonly case_id: string | null;
  readonly path: readonly string[];
}

const openTasksOf = async (k: Kernel, actor: Actor, personId: string): Promise<readonly Open[]> => {
  const { rows } = await k.pool.query<Open>(
    `select t.id, t.case_id, u.path from kernel.tasks t join kernel.units u on u.id = t.unit_id
      where t.person_id = $1 and t.state = 'open' order by t.due_on, t.id`,
    [personId],
  );
  const audiences = await audiencesOf(k.pool, [...new Set(rows.flatMap((row) => row.case_id ?? []))]);
  return rows.filter((row) => {
    const audience = row.case_id === null ? undefined : audiences.get(row.case_id);
    return audience ? reachesAsStaff(actor, audience) : holdsRoleAt(actor, ["officer"], row.path.toReversed());
  });
};

/** Open tasks of somebody, as far as the asker may hand them on. */
export const countTasksOf = async (k: Kernel, actor: Actor, personId: string): Promise<number> =>
  (await openTasksOf(k, actor, personId)).length;

/**
 * All open tasks of somebody go to another, each by the rules of that act; what a rule refuses stays where it is.
 *
 * @returns how many went
 */
export async function handTasksOn(k: Kernel, actor: Actor, fromId: string, toId: string): Promise<number> {
  let done = 0;
  for (const task of await openTasksOf(k, actor, fromId)) {
    if (task.case_id === null) continue;
    const on = { caseId: task.case_id, key: k.newId(), party: { kind: "person", actor } } as const;
    try {
      await execute(k, handTaskOn, on, { taskId: task.id, toPersonId: toId });
      done += 1;
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
    }
  }
  return done + (await handUnitTasksOn(k, actor, fromId, toId));
}
