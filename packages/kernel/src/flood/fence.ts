import { DoorstepError, type FileInput } from "@doorstep/contracts";
import { priorFiling } from "../intake/file-case.ts";
import type { Kernel } from "../kernel.ts";
import { bitsFor, isFlood, loadOf, usualBudget } from "./budget.ts";
import { arrivedLately } from "./filing-load.ts";
import { isWorkDone, taskFor } from "./proof-of-work.ts";

/** What the fence looks at: never who sends, from where or with what device. */
export type AtFence = Pick<FileInput, "key" | "work" | "urgentSafety">;

/**
 * The fence against floods from people who have no name to be stopped by. In quiet times nothing. In a rush a device
 * works a moment before it may send; whoever's cannot, and everybody once it is a flood, is taken in all the same (code,
 * number and time at once) and waits for a person to let it through. Somebody in danger who did the work never waits.
 *
 * @returns whether the petition goes into quarantine.
 * @throws DoorstepError `intake.workNeeded`, with the task.
 */
export async function passFence(k: Kernel, unitId: string, asked: AtFence): Promise<boolean> {
  const { unit, all } = await arrivedLately(k, unitId);
  const load = loadOf(k.filingBudget ?? usualBudget, unit, all);
  const bits = bitsFor(load);
  if (bits === 0) return false;
  // a second press is answered like the first
  if (await priorFiling(k, "anonymous", asked.key)) return false;
  if (asked.work === "unable") return true;
  const now = k.now();
  if (asked.work === undefined || !(await isWorkDone(k.keys, asked.key, asked.work, now)))
    throw new DoorstepError("intake.workNeeded", { ...taskFor(k.keys, asked.key, bits, now) });
  return isFlood(load) && !asked.urgentSafety;
}
