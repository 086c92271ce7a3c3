import { DoorstepError } from "@doorstep/contracts";
import { withdrawCase } from "../cases/withdrawal.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";

const PAGE = 200;

interface Cooled {
  readonly id: string;
  readonly case_id: string;
}

/** Wishes whose cool-off has passed; the clock of one that was taken back is stopped and not among them. */
const COOLED_OFF = `select k.id, k.case_id from kernel.clocks k join kernel.cases c on c.id = k.case_id
  where k.state = 'breached' and k.code = 'K30' and 'withdrawing' = any (c.flags)
  order by k.due_on, k.case_id limit ${PAGE}`;

async function withdraw(k: Kernel, cooled: Cooled): Promise<boolean> {
  try {
    const on = { caseId: cooled.case_id, key: `withdraw:${cooled.id}`, party: { kind: "system" } as const };
    await execute(k, withdrawCase, on, {});
    return true;
  } catch (error) {
    // a person was quicker, or the case has moved on: the guards have the last word
    if (error instanceof DoorstepError) return false;
    k.log.error("a withdrawal could not be recorded", {
      case: cooled.case_id,
      error: (error as { code?: string }).code ?? (error as Error).name,
    });
    return false;
  }
}

/** T26 by the system: three days have passed and the petitioner has not changed his mind [DC]. */
export async function withdrawLapsed(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<Cooled>({ name: "cooled_off", text: COOLED_OFF });
  let done = 0;
  for (const cooled of rows) if (await withdraw(k, cooled)) done += 1;
  return done;
}
