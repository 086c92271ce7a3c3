import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMaySee } from "../cases/read-case.ts";
import type { Kernel } from "../kernel.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";

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

/** In whose name a module acts: somebody who uses it, or the module itself at a unit, as in its repeated work. */
export interface InName {
  readonly by: Actor | null;
  readonly unitId: string;
}

export const partyOf = ({ by }: InName): ActingParty => (by ? { kind: "person", actor: by } : { kind: "system" });

/** Whether whoever acts reaches the petition: by the one predicate, or as held at the unit or below. @throws DoorstepError `case.notFound` */
export async function assertInReach(k: Kernel, name: InName, caseId: string): Promise<void> {
  if (name.by) return await assertMaySee(k, name.by, caseId);
  const { rowCount } = await k.pool.query(
    `select from kernel.cases c join kernel.units u on u.id = kernel.heir(c.holder_unit_id) where c.id = $1 and $2 = any (u.path)`,
    [caseId, name.unitId],
  );
  if (rowCount === 0) throw new DoorstepError("case.notFound");
}
