import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { endTask } from "./task-acts.ts";
import { endUnitTask } from "./unit-tasks.ts";

/** A module as it works by itself at a unit. */
interface Withdrawing {
  readonly unitId: string;
  readonly pluginId: string;
}

interface Found {
  readonly case_id: string | null;
  readonly level: number | null;
}

/**
 * A module takes back what it has given somebody to do: nobody has done it, and it is needed no more. Of petitions that are
 * held at the unit or below, and of work there; never of an accusation.
 *
 * @throws DoorstepError `task.notFound`, also for what was ended already and for what is another module's or elsewhere
 */
export async function withdrawTask(k: Kernel, of: Withdrawing, taskId: string, result: string): Promise<void> {
  const { rows } = await k.pool.query<Found>(
    `select t.case_id, c.confidentiality as level from kernel.tasks t left join kernel.cases c on c.id = t.case_id
       join kernel.units u on u.id = kernel.heir(coalesce(c.holder_unit_id, t.unit_id))
      where t.id = $1 and t.plugin_id = $2 and $3 = any (u.path)`,
    [taskId, of.pluginId, of.unitId],
  );
  const [found] = rows;
  if (!found || found.level === 3) throw new DoorstepError("task.notFound");
  const ending = { taskId, done: false, result };
  const { case_id: caseId } = found;
  if (caseId === null) return await endUnitTask(k, null, ending);
  await execute(k, endTask, { caseId, key: `withdrawTask:${caseId}:${taskId}`, party: { kind: "system" } }, ending);
}
