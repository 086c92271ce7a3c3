import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { caseOfTask } from "./list-tasks.ts";
import { type Ending, endTask } from "./task-acts.ts";
import { endUnitTask } from "./unit-tasks.ts";

/**
 * Ends a task, whether it belongs to a petition or to a unit.
 *
 * @throws DoorstepError `task.notFound`, also where the petition is not for him; `act.refused` where it is not his
 */
export async function endAnyTask(k: Kernel, actor: Actor, key: string, ending: Ending): Promise<void> {
  const caseId = await caseOfTask(k, ending.taskId);
  if (caseId === null) return await endUnitTask(k, actor, ending);
  try {
    await execute(k, endTask, { caseId, key, party: { kind: "person", actor } }, ending);
  } catch (error) {
    // to whom the petition does not exist the task does not either
    if (error instanceof DoorstepError && error.code === "case.notFound") throw new DoorstepError("task.notFound");
    throw error;
  }
}
