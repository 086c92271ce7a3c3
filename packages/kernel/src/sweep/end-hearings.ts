import { DoorstepError } from "@doorstep/contracts";
import { closeHearing } from "../cases/procedures.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";

const PAGE = 200;
/** So long after its day a hearing holds up no period and no reply any more [DC]. */
const DAYS = 7;

interface Held {
  readonly caseId: string;
  readonly called: string;
}

const LEFT_OPEN = `select c.id as "caseId", h.seq::text as called from kernel.cases c
  join kernel.units u on u.id = c.holder_unit_id
  join lateral (select l.seq, (l.body::jsonb -> 'facts' ->> 'hearingOn')::date as held_on from kernel.ledger l
                 where l.stream = c.id and l.type = 'hearing.called' order by l.seq desc limit 1) h on true
  where c.flags @> '{inHearing}' and h.held_on + ${DAYS} < ($1::timestamptz at time zone u.time_zone)::date
  order by c.id limit ${PAGE}`;

const note = `听证日已过${DAYS}天，仍未结束听证，按规则结束 / Ended by rule: ${DAYS} days after its day nobody had ended it`;

async function end(k: Kernel, { caseId, called }: Held): Promise<boolean> {
  try {
    const on = { caseId, key: `hearing-left:${caseId}:${called}`, party: { kind: "system" } as const };
    await execute(k, closeHearing, on, { note });
    return true;
  } catch (error) {
    // a person was quicker: the guards have the last word
    if (error instanceof DoorstepError) return false;
    k.log.error("a hearing that was left open could not be ended", {
      case: caseId,
      error: (error as { code?: string }).code ?? (error as Error).name,
    });
    return false;
  }
}

/** T14 by the system: a hearing that nobody has ended does not stop a re-review's period for ever [DC]. */
export async function endHearings(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<Held>({ name: "hearings_left_open", text: LEFT_OPEN, values: [k.now()] });
  let done = 0;
  for (const held of rows) if (await end(k, held)) done += 1;
  return done;
}
