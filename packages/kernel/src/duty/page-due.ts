import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { notify } from "../notifications/notify.ts";
import type { EachConsumer } from "../outbox/consumer.ts";
import { execute } from "../pipeline/execute.ts";
import { ANSWER_MS, recordPaged } from "./acts.ts";
import { ladderOf, pagedAt } from "./ladder.ts";

interface Due {
  readonly caseId: string;
  readonly step: number;
  readonly nobodySince: Date | null;
}

/**
 * Pages who is next and writes it down. Told first: broken off between the two, the same people are told again, which
 * tells nobody twice; the other way round nobody would be told.
 */
async function page(k: Kernel, { caseId, step, nobodySince }: Due): Promise<void> {
  const people = pagedAt(await ladderOf(k, caseId), step);
  const told = await notify(k, people, { kind: "duty", caseId, key: `duty:${caseId}:${step}`, mustAcknowledge: true });
  if (told.length === 0 && nobodySince !== null) {
    // known already: looked for again, and not written down each time
    await k.pool.query("update kernel.duty_pages set next_at = $2 where case_id = $1 and taken_at is null", [
      caseId,
      new Date(k.now().getTime() + ANSWER_MS),
    ]);
    return;
  }
  const on = {
    caseId,
    key: `page:${caseId}:${step}:${told.length > 0}`,
    party: { kind: "system" } as const,
  };
  await execute(k, recordPaged, on, { people: told });
}

async function attempt(k: Kernel, due: Due): Promise<boolean> {
  try {
    await page(k, due);
    return true;
  } catch (error) {
    // somebody has taken it meanwhile, or it is being written: the next round looks again
    if (!(error instanceof DoorstepError))
      k.log.error("the person on duty could not be paged", {
        case: due.caseId,
        error: (error as { code?: string }).code ?? (error as Error).name,
      });
    return false;
  }
}

/** Pages whoever is due now, of all petitions or of the one. @returns how many pages were sent. */
export async function pageDue(k: Kernel, caseId: string | null = null): Promise<number> {
  const { rows } = await k.pool.query<Due>({
    name: "duty_due",
    text: `select case_id as "caseId", step, nobody_since as "nobodySince" from kernel.duty_pages
      where next_at <= $1 and ($2::uuid is null or case_id = $2) order by next_at limit 200`,
    values: [k.now(), caseId],
  });
  let done = 0;
  for (const due of rows) if (await attempt(k, due)) done += 1;
  return done;
}

/** Pages in the moment in which the petition comes in, not at the next round. */
export const dutyConsumer = (k: Kernel): EachConsumer => ({
  name: "duty",
  from: "now",
  async handle(e) {
    if (e.type === "case.received" || e.type === "duty.flagged") await pageDue(k, e.caseId);
  },
});
