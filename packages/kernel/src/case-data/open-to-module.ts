import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMaySee } from "../cases/read-case.ts";
import type { Kernel } from "../kernel.ts";

/**
 * Whether a module may go on with a petition in somebody's name.
 *
 * @throws DoorstepError `case.notFound`; `module.sealed` for what lies sealed with its organ
 */
export async function assertOpenToModule(k: Kernel, actor: Actor, caseId: string): Promise<void> {
  await assertMaySee(k, actor, caseId);
  const { rows } = await k.pool.query<{ level: number }>(
    "select confidentiality as level from kernel.cases where id = $1",
    [caseId],
  );
  if (rows[0]?.level === 3) throw new DoorstepError("module.sealed");
}
