import type { Mark, State } from "@doorstep/contracts";
import type { ClientBase } from "pg";
import { audienceOf } from "../audience/audience-of.ts";
import { assistedStates } from "../life-cycle/loaded-assist.ts";
import { ASSIGNED_BY } from "../pipeline/assignment.ts";
import { OPEN_END } from "../pipeline/clock-changes.ts";
import { isOpenCase, watcherPath } from "../pipeline/rows.ts";

type Client = Pick<ClientBase, "query">;

const BATCH = 1_000;

interface CaseFacts {
  id: string;
  confidentiality: number;
  organ_id: string | null;
  status: State;
  flags: Mark[];
  holder_path: string[];
  intake_path: string[];
  handling_path: string[] | null;
  sender_path: string[] | null;
  leg_kind: string | null;
  assigner_path: string[] | null;
  assist_paths: string[][];
  respondents: string[];
}

/** Petitions that units see because of this one, what stands below it, or whose place they have taken, however long ago. */
export async function casesSeenBy(client: Client, unitId: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `with recursive own (id) as (
        select id from kernel.units where path @> array[$1::uuid]
        union select u.id from kernel.units u join own on own.id = u.successor_id)
      select c.id from kernel.cases c
      where c.confidentiality < 3 and (
        c.holder_unit_id in (select id from own)
        or c.intake_unit_id in (select id from own)
        or c.handling_unit_id in (select id from own)
        or c.id in (select x.case_id from kernel.assists x join own on own.id = x.unit_id)
        or c.id in (select l.case_id from kernel.legs l join own on own.id = l.from_unit_id))
      order by c.id`,
    [unitId],
  );
  return rows.map((row) => row.id);
}

/**
 * Rewrites who sees the petitions of a unit and of everything below it, after its place in the tree has changed and in
 * the same transaction. Their versions move on, so that a command that had read the old tree decides again.
 */
export async function reaudience(change: { readonly client: Client }, unitId: string): Promise<void> {
  await reaudienceCases(change.client, await casesSeenBy(change.client, unitId));
}

/** The same for cases by id; those of a discipline organ keep their one key. */
export async function reaudienceCases(client: Client, caseIds: readonly string[]): Promise<void> {
  for (let at = 0; at < caseIds.length; at += BATCH) await rewrite(client, caseIds.slice(at, at + BATCH));
}

async function rewrite(client: Client, caseIds: readonly string[]): Promise<void> {
  const { rows } = await client.query<CaseFacts>(
    `with moved as (update kernel.cases set version = version + 1 where id = any($1::uuid[]) returning *)
     select c.id, c.confidentiality, c.organ_id, c.status, c.flags, h.path as holder_path, i.path as intake_path, g.path as handling_path,
       s.path as sender_path, l.kind as leg_kind, a.path as assigner_path,
       (select coalesce(jsonb_agg(to_jsonb(u.path)), '[]') from kernel.assists x join kernel.units u on u.id = kernel.heir(x.unit_id)
         where x.case_id = c.id and x.answered_at is null and x.ended_at is null) as assist_paths,
       (select coalesce(array_agg(r.unit_id), '{}') from kernel.respondents r
         where r.case_id = c.id and r.unit_id is not null) as respondents
      from moved c join kernel.units h on h.id = kernel.heir(c.holder_unit_id) join kernel.units i on i.id = c.intake_unit_id
      left join kernel.units g on g.id = c.handling_unit_id
      left join lateral (select x.kind, x.from_unit_id from kernel.legs x where x.case_id = c.id and x.kind <> 'succeed' order by x.no desc limit 1) l on true
      left join kernel.units s on s.id = kernel.heir(l.from_unit_id)
      left join kernel.units a on a.id = ${ASSIGNED_BY}`,
    [caseIds],
  );
  const wanted = rows.flatMap((row) =>
    audienceOf({
      confidentiality: row.confidentiality,
      organId: row.organ_id,
      holderPath: row.holder_path.toReversed(),
      intakePath: row.status === "received" || row.status === "registered" ? row.intake_path.toReversed() : null,
      handlingPath: row.handling_path?.toReversed() ?? null,
      senderPath: watcherPath(row.status, {
        kind: row.leg_kind,
        senderPath: row.sender_path?.toReversed() ?? [],
        assignerPath: row.assigner_path?.toReversed() ?? [],
      }),
      assistPaths: assistedStates.includes(row.status) ? row.assist_paths.map((p) => p.toReversed()) : [],
      respondentUnits: row.respondents,
      quarantined: row.flags.includes("quarantined"),
    }).map((key) => ({ ...key, caseId: row.id })),
  );
  await client.query(STATEMENT, [
    caseIds,
    wanted.map((w) => w.caseId),
    wanted.map((w) => w.key),
    wanted.map((w) => w.depth),
    OPEN_END,
    rows.filter((row) => isOpenCase(row.status, row.flags)).map((row) => row.id),
  ]);
  await client.query(
    `update kernel.case_text t set aud = (select coalesce(array_agg(a.key), '{}') from kernel.case_audience a where a.case_id = t.case_id)
      where t.case_id = any($1::uuid[])`,
    [caseIds],
  );
}

/** Takes away, corrects and gives in one statement; a row that stays keeps its due date. */
const STATEMENT = `
  with w as (select * from unnest($2::uuid[], $3::uuid[], $4::int[]) as w(case_id, key, depth)),
  due as (select a.case_id, min(a.due) as due from kernel.case_audience a where a.case_id = any($1::uuid[]) group by a.case_id),
  gone as (delete from kernel.case_audience a where a.case_id = any($1::uuid[]) and a.depth >= 0
    and not exists (select 1 from w where w.case_id = a.case_id and w.key = a.key)),
  deeper as (update kernel.case_audience a set depth = w.depth, holder = c.holder_unit_id from w join kernel.cases c on c.id = w.case_id
    where a.case_id = w.case_id and a.key = w.key and a.depth >= 0),
  people as (update kernel.case_audience a set holder = c.holder_unit_id from kernel.cases c
    where c.id = any($1::uuid[]) and a.case_id = c.id and a.depth < 0)
  insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder, to_approve, to_deliver, backlog)
  select w.key, w.case_id,
      coalesce(d.due, (select min(k.due_on) from kernel.clocks k where k.case_id = c.id and k.state <> 'stopped'), $5::date),
      c.received_at, w.depth, c.confidentiality, c.status, c.id = any($6::uuid[]), c.category, c.channel, c.holder_unit_id,
      exists (select from kernel.notices n where n.case_id = c.id
        and (c.status = 'inHandling' and n.state = 'submitted' or n.code = 'DM' and n.state = 'draft' and n.sent_back_reason is null)),
      c.status = 'inHandling' and exists (select from kernel.notices n where n.case_id = c.id and n.state = 'sealed' and n.code in ('D14', 'D16')),
      c.flags @> '{backlog}'
    from w join kernel.cases c on c.id = w.case_id left join due d on d.case_id = w.case_id
   where not exists (select 1 from kernel.case_audience a where a.case_id = w.case_id and a.key = w.key)`;
