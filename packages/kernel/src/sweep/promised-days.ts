import type { Kernel } from "../kernel.ts";
import { notify, type Tell } from "../notifications/notify.ts";
import { roleHolders } from "../notifications/role-holders.ts";

const PAGE = 200;

interface Promised {
  readonly clockId: string;
  readonly caseId: string;
  readonly code: string;
  readonly dueOn: string;
  readonly today: string;
  readonly handlerId: string | null;
  /** where the roles are asked: the holder, or the unit of the organ */
  readonly unitId: string;
  readonly confidentiality: number;
}

const TODAY = "($1::timestamptz at time zone u.time_zone)::date";

/**
 * Nobody can tell an anonymous petitioner without an account that it will take longer: he comes on the day that stood on
 * his receipt. From the day before until a week after, each day once, while nothing was answered.
 */
const PROMISED = `select k.id as "clockId", k.case_id as "caseId", k.code, k.due_on::text as "dueOn", ${TODAY}::text as today,
    c.handler_id as "handlerId", coalesce(o.unit_id, c.holder_unit_id) as "unitId", c.confidentiality
  from kernel.clocks k join kernel.cases c on c.id = k.case_id join kernel.units u on u.id = c.holder_unit_id
  left join kernel.offices o on o.id = c.organ_id
  where k.state in ('running', 'paused', 'breached') and k.code in ('K2', 'K4', 'K6', 'K8', 'K9')
    and k.due_on between $1::date - 9 and $1::date + 3 and ${TODAY} between k.due_on - 1 and k.due_on + 7
    and c.anonymity = 'anonymous' and not c.imported
    and not exists (select from kernel.case_audience a where a.case_id = c.id and a.depth = -1)
    and not exists (select from kernel.notifications n where n.case_id = c.id and n.kind = 'awaited' and n.params ->> 'on' = ${TODAY}::text)
  order by k.due_on, k.case_id limit ${PAGE}`;

async function tellOne(k: Kernel, one: Promised): Promise<boolean> {
  const tell: Tell = {
    kind: "awaited",
    caseId: one.caseId,
    key: `awaited:${one.caseId}:${one.today}`,
    params: { clock: one.code, dueOn: one.dueOn, on: one.today },
    // of a sensitive one nothing is said but the way to it: that is no paging of the officer on duty
    mustAcknowledge: one.confidentiality === 1,
  };
  if (one.handlerId && (await notify(k, [one.handlerId], tell)).length > 0) return true;
  for (const people of await roleHolders(
    k,
    one.unitId,
    one.confidentiality === 3 ? ["discipline"] : ["officer", "clerk"],
  ))
    if ((await notify(k, people, tell)).length > 0) return true;
  return false;
}

/** Whoever handles it is told that somebody comes for his answer, and has to say that he has seen it. @returns how many. */
export async function tellPromisedDays(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<Promised>({ name: "promised_days", text: PROMISED, values: [k.now()] });
  let told = 0;
  for (const one of rows) if (await tellOne(k, one)) told += 1;
  return told;
}
