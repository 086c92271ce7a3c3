import { DoorstepError } from "@doorstep/contracts";
import { assertInReach } from "../case-data/open-to-module.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { writeMessage } from "./thread.ts";

/**
 * A message of the platform's own into a petition held at the unit or below, as a module has it written in its repeated work.
 *
 * @throws DoorstepError `case.notFound`; `module.sealed` for accusations
 */
export async function writeForUnit(
  k: Kernel,
  unitId: string,
  caseId: string,
  message: { readonly text: string; readonly visibility: "petitioner" | "internal" },
): Promise<void> {
  await assertInReach(k, { by: null, unitId }, caseId);
  const { rows } = await k.pool.query<{ level: number }>(
    "select confidentiality as level from kernel.cases where id = $1",
    [caseId],
  );
  if (rows[0]?.level === 3) throw new DoorstepError("module.sealed");
  await execute(k, writeMessage, { caseId, key: k.newId(), party: { kind: "system" } }, { ...message, fileIds: [] });
}
