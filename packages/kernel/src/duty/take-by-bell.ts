import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { takeDuty } from "./acts.ts";

/** "I have seen it" on a page is "I take it", whichever screen he says it on. */
export async function takeByBell(k: Kernel, actor: Actor, notificationId: string): Promise<void> {
  const { rows } = await k.pool.query<{ caseId: string }>(
    `select case_id as "caseId" from kernel.notifications
      where id = $1 and recipient = $2 and kind = 'duty' and case_id is not null`,
    [notificationId, actor.personId],
  );
  const [page] = rows;
  if (!page) return;
  const on = { caseId: page.caseId, key: `bell:${notificationId}`, party: { kind: "person", actor } as const };
  await execute(k, takeDuty, on, {}).catch((error: unknown) => {
    // somebody else was quicker, or it is reported already: then he has seen it, and that is all
    if (!(error instanceof DoorstepError)) throw error;
  });
}
