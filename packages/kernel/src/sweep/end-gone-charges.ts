import { DoorstepError } from "@doorstep/contracts";
import { endCharge } from "../cases/charge.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";

const PAGE = 200;

interface Left {
  readonly id: string;
  readonly caseId: string;
  readonly recused: boolean;
}

/** He stands out of the petition, has left the house, or holds the office of a leader nowhere any more: a grant counts to its last day at its unit. */
const LEFT = `select c.id, c.case_id as "caseId", o.recused from kernel.charges c,
  lateral (select exists (select from kernel.recusals r
    where r.case_id = c.case_id and r.person_id = c.leader_id and r.state = 'granted') as recused) o
  where c.ended_at is null and (o.recused or not exists (
    select from kernel.people p join kernel.role_grants g on g.person_id = p.id join kernel.units u on u.id = g.unit_id
     where p.id = c.leader_id and p.active and g.role = 'chargeLeader' and not g.pending and g.revoked_on is null
       and (g.valid_until is null or g.valid_until >= ($1::timestamptz at time zone u.time_zone)::date)))
  order by c.taken_at, c.id limit ${PAGE}`;

const reasons = {
  left: "包案领导已离任，按规则转为待接手 / Handed over by rule: the leader who had it has left his post",
  recused: "包案领导已回避，按规则转为待接手 / Handed over by rule: the leader who had it stands out of the petition",
};

async function end(k: Kernel, { id, caseId, recused }: Left): Promise<boolean> {
  try {
    const on = { caseId, key: `charge-left:${caseId}:${id}`, party: { kind: "system" } as const };
    await execute(k, endCharge, on, { outcome: "handedOver", reason: recused ? reasons.recused : reasons.left });
    return true;
  } catch (error) {
    // a person was quicker: the guards have the last word
    if (error instanceof DoorstepError) return false;
    k.log.error("a petition whose leader has left could not be handed over", {
      case: caseId,
      error: (error as { code?: string }).code ?? (error as Error).name,
    });
    return false;
  }
}

/** What a leader had who has left or stands out waits for another one: it stays in nobody's name [SPEC §11.3]. */
export async function endGoneCharges(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<Left>({ name: "charges_of_the_gone", text: LEFT, values: [k.now()] });
  let done = 0;
  for (const left of rows) if (await end(k, left)) done += 1;
  return done;
}
