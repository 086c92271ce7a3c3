import { DoorstepError } from "@doorstep/contracts";
import { switchBeforeAcceptance } from "../cases/tracks.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";

const PAGE = 200;

interface Lapsed {
  readonly id: string;
  readonly case_id: string;
}

/** Simple matters that nobody has accepted within K6; the clock of one that was is stopped. */
const SIMPLE_LAPSED = `select k.id, k.case_id from kernel.clocks k join kernel.cases c on c.id = k.case_id
  where k.state = 'breached' and k.code = 'K6' and c.track = 'simple' and c.status in ('registered', 'routed')
  order by k.due_on, k.case_id limit ${PAGE}`;

const reason = "三个工作日内未受理 / not accepted within three working days";

async function toOrdinary(k: Kernel, lapsed: Lapsed): Promise<boolean> {
  try {
    const on = { caseId: lapsed.case_id, key: `ordinary:${lapsed.id}`, party: { kind: "system" } as const };
    await execute(k, switchBeforeAcceptance, on, { reason });
    return true;
  } catch (error) {
    // a person was quicker: the guards have the last word
    if (error instanceof DoorstepError) return false;
    k.log.error("a simple matter could not be moved to the ordinary track", {
      case: lapsed.case_id,
      error: (error as { code?: string }).code ?? (error as Error).name,
    });
    return false;
  }
}

/** K6 has passed: the case goes on in the ordinary track, K2 still from its receipt [SPEC §5 K6]. */
export async function ordinaryAfterLapse(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<Lapsed>({ name: "simple_lapsed", text: SIMPLE_LAPSED });
  let done = 0;
  for (const lapsed of rows) if (await toOrdinary(k, lapsed)) done += 1;
  return done;
}
