import { type BacklogReason, DoorstepError } from "@doorstep/contracts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute } from "../pipeline/execute.ts";
import { type RunOptions, single } from "../workers/single.ts";
import { enterBacklog, leaveBacklog } from "./mark-backlog.ts";

/** SPEC 11.4: days since receipt, repeats, days after the end of handling, days after a promised date. */
const OLD_DAYS = 180;
const REPEATS = 3;
const LATE_DAYS = 30;
const PROMISE_DAYS = 60;

const PAGE = 500;
const OVER = "'{final,archived,diverted,guided,merged,notReaccepted,withdrawn}'";

interface Day {
  readonly timeZone: string;
  readonly today: string;
  /** the last day that was counted; the first round looks at everything */
  readonly last: string | null;
}

/** Local days that are not counted yet, of the time zones in which somebody holds cases. */
async function daysDue(k: Kernel): Promise<readonly Day[]> {
  const { rows } = await k.pool.query<{ timeZone: string; last: string | null }>(
    `select u.time_zone as "timeZone", max(d.day)::text as last from kernel.units u
       left join kernel.backlog_days d on d.time_zone = u.time_zone group by u.time_zone order by u.time_zone`,
  );
  const now = k.now().toISOString();
  return rows
    .map((row) => ({ ...row, today: localDateOf(now, row.timeZone) }))
    .filter((day) => day.last === null || day.last < day.today);
}

/** What has crossed a line since the last day, and what is marked and has changed since; the indexes hold little else. */
export const CANDIDATES = `with crossed (id) as (
    select c.id from kernel.cases c
     where c.status <> all (${OVER}) and not (c.flags @> '{backlog}') and c.received_at < $3::date - ${OLD_DAYS - 1}
    union select l.case_id from kernel.clocks l
     where l.state = 'breached' and l.code = 'K4' and l.due_on < $3::date - ${LATE_DAYS}
       and l.due_on >= coalesce($2::date - ${LATE_DAYS + 2}, '-infinity')
    union select p.case_id from kernel.commitments p
     where p.state in ('open', 'reported') and p.due_on < $3::date - ${PROMISE_DAYS}
       and p.due_on >= coalesce($2::date - ${PROMISE_DAYS + 2}, '-infinity')
    union select x.id from kernel.repeats r join kernel.repeats o on o.of_case_id = r.of_case_id
      cross join lateral (values (o.case_id), (o.of_case_id)) x(id)
     where r.at >= coalesce($2::date - 2, '-infinity')
    union select c.id from kernel.cases c join kernel.ledger l on l.stream = c.id and l.seq = c.ledger_seq
     where c.flags @> '{backlog}' and l.at >= coalesce($2::date - 2, '-infinity'))
  select c.id from crossed x join kernel.cases c on c.id = x.id join kernel.units u on u.id = kernel.heir(c.holder_unit_id)
   where u.time_zone = $1 and c.id > $4::uuid order by c.id limit ${PAGE}`;

/** The newest judgement of a pair counts; a matter that came back three times is one, whichever of its cases is open. */
const REPEATED = `(select count(*) from (select distinct on (r.case_id) r.kind from kernel.repeats r
    where r.of_case_id in (select r2.of_case_id from kernel.repeats r2 where r2.case_id = c.id union select c.id)
    order by r.case_id, r.at desc) n where n.kind <> 'none') >= ${REPEATS}`;

const REASONS = `select c.id, c.flags @> '{backlog}' as marked, c.status = any (${OVER}) as over,
    array_remove(array[
      case when (c.received_at at time zone u.time_zone)::date < $2::date - ${OLD_DAYS} then 'age' end,
      case when ${REPEATED} then 'repeats' end,
      case when exists (select from kernel.clocks k where k.case_id = c.id and k.code = 'K4' and k.state = 'breached'
        and k.due_on < $2::date - ${LATE_DAYS}) then 'late' end,
      case when exists (select from kernel.commitments p where p.case_id = c.id and p.state in ('open', 'reported')
        and p.due_on < $2::date - ${PROMISE_DAYS}) then 'promise' end], null) as reasons
  from kernel.cases c join kernel.units u on u.id = kernel.heir(c.holder_unit_id) where c.id = any ($1::uuid[]) order by c.id`;

interface Judged {
  readonly id: string;
  readonly marked: boolean;
  readonly over: boolean;
  readonly reasons: readonly BacklogReason[];
}

async function mark<I extends { readonly on: string }>(
  k: Kernel,
  command: Command<I, object>,
  caseId: string,
  input: I,
): Promise<number> {
  try {
    const act = (command.act as { readonly act: string }).act;
    await execute(k, command, { caseId, key: `${act}:${caseId}:${input.on}`, party: { kind: "system" } }, input);
    return 1;
  } catch (error) {
    if (!(error instanceof DoorstepError))
      k.log.error("a case could not be counted as backlog", {
        case: caseId,
        error: (error as { code?: string }).code ?? (error as Error).name,
      });
    return 0;
  }
}

function judge(k: Kernel, day: Day, c: Judged): Promise<number> {
  const counts = !c.over && c.reasons.length > 0;
  if (counts && !c.marked) return mark(k, enterBacklog, c.id, { on: day.today, reasons: c.reasons });
  if (!counts && c.marked) return mark(k, leaveBacklog, c.id, { on: day.today });
  return Promise.resolve(0);
}

async function countDay(k: Kernel, day: Day): Promise<number> {
  let changed = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await k.pool.query<{ id: string }>(CANDIDATES, [day.timeZone, day.last, day.today, after]);
    const { rows: judged } = await k.pool.query<Judged>(REASONS, [rows.map((row) => row.id), day.today]);
    for (const c of judged) changed += await judge(k, day, c);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = last.id;
  }
  await k.pool.query(
    `insert into kernel.backlog_days (time_zone, day) values ($1, $2) on conflict (time_zone) do update set day = excluded.day`,
    [day.timeZone, day.today],
  );
  return changed;
}

/**
 * Marks what has become backlog and unmarks what is none any more, once a local day of the holder. What is over leaves as
 * well, with an entry.
 *
 * @returns how many marks changed; `null` when another process is at it.
 */
export const countBacklog = (k: Kernel, options: RunOptions = {}): Promise<number | null> =>
  single(k.pool, "backlog", options, async () => {
    let changed = 0;
    for (const day of await daysDue(k)) changed += await countDay(k, day);
    return changed;
  });
