import type { Change } from "../change.ts";
import { followMove } from "../organs/follow-move.ts";
import { type HandedOver, handOver, isAtWork } from "./hand-over.ts";
import { casesSeenBy, reaudienceCases } from "./reaudience.ts";

/** Whose place is taken, by whom, and which of them what belongs to none in particular goes to. */
export interface Succession {
  readonly from: string;
  /** the units that come after it; one, unless it is split */
  readonly heirs: readonly string[];
  readonly rest: string;
  /** people assigned to one heir: what they handle goes with them */
  readonly people?: ReadonlyMap<string, string>;
}

interface Concerned {
  readonly id: string;
  readonly held: boolean;
  readonly organ: boolean;
  readonly handlerId: string | null;
  readonly reviewing: boolean;
  readonly handlingId: string | null;
  /** where the holder and where the office that took it in stand, root first */
  readonly holderPath: readonly string[];
  readonly intakePath: readonly string[];
  readonly respondents: readonly string[];
}

/** Petitions at work in which the unit has any part that somebody must go on with. */
const CONCERNED = `with touched (id) as (
    select c.id from kernel.cases c where (c.holder_unit_id = $1 or c.handling_unit_id = $1)
    union select r.case_id from kernel.reviews r where r.decided_at is null and (r.body_unit_id = $1 or r.of_unit_id = $1)
    union select x.case_id from kernel.contests x where x.outcome is null and (x.body_unit_id = $1 or x.of_unit_id = $1)
    union select i.case_id from kernel.supervision_items i where i.closed_at is null and (i.to_unit_id = $1 or i.by_unit_id = $1)
    union select p.case_id from kernel.commitments p where p.state in ('open', 'reported') and p.unit_id = $1
    union select a.case_id from kernel.assists a where a.unit_id = $1 and a.answered_at is null and a.ended_at is null
    union select l.case_id from kernel.legs l where l.from_unit_id = $1)
  select c.id, c.holder_unit_id = $1 as held, c.organ_id is not null as organ, c.handler_id as "handlerId",
      c.status in ('review', 'rereview') as reviewing, c.handling_unit_id as "handlingId",
      h.path as "holderPath", i.path as "intakePath",
      (select coalesce(array_agg(r.unit_id), '{}') from kernel.respondents r where r.case_id = c.id and r.unit_id is not null) as respondents
    from kernel.cases c join kernel.units h on h.id = kernel.heir(c.holder_unit_id) join kernel.units i on i.id = c.intake_unit_id
   where c.id in (select id from touched) and ${isAtWork}
   order by c.id for update of c`;

/** To whom of the heirs a petition belongs: who handles it, then where it lies or came in, then the one named for the rest. */
function heirOf(s: Succession, c: Concerned): string {
  if (c.organ) return s.rest;
  const within = (path: readonly string[]): string | undefined => s.heirs.find((id) => path.includes(id));
  const first = c.held ? s.people?.get(c.handlerId ?? "") : within(c.holderPath);
  return first ?? within(c.intakePath) ?? s.rest;
}

const pathOf = async (change: Change, unitId: string): Promise<readonly string[]> =>
  (await change.client.query<{ path: string[] }>("select path from kernel.units where id = $1", [unitId])).rows[0]
    ?.path ?? [];

/**
 * The nearest unit from the heir upwards that is free of the matter: not inside a unit complained of, not the one whose
 * own reply is being reviewed [R22:22(2),35]. Where nobody is, it stays with the heir.
 */
function freeOf(
  path: readonly string[],
  c: Pick<Concerned, "organ" | "respondents" | "reviewing" | "handlingId">,
): string {
  const heir = path.at(-1) ?? "";
  if (c.organ) return heir;
  const free = path.filter(
    (id, n) => !path.slice(0, n + 1).some((u) => c.respondents.includes(u)) && !(c.reviewing && id === c.handlingId),
  );
  return free.at(-1) ?? heir;
}

/** Whoever came after a unit complained of is complained of, too; nobody learns of the petition by that. */
async function nameRespondents(change: Change, s: Succession): Promise<readonly string[]> {
  const { rows } = await change.client.query<{ caseId: string }>(
    `select distinct r.case_id as "caseId" from kernel.respondents r where r.kind = 'unit' and r.unit_id = $1`,
    [s.from],
  );
  const named = rows.flatMap(({ caseId }) => s.heirs.map((unit) => ({ id: change.newId(), caseId, unit })));
  await change.client.query(
    `insert into kernel.respondents (id, case_id, kind, unit_id)
     select n.id, n.case_id, 'unit', n.unit from unnest($1::uuid[], $2::uuid[], $3::uuid[]) n(id, case_id, unit)
      where not exists (select from kernel.respondents r where r.case_id = n.case_id and r.unit_id = n.unit)`,
    [named.map((n) => n.id), named.map((n) => n.caseId), named.map((n) => n.unit)],
  );
  return rows.map((row) => row.caseId);
}

/** What is still owed or to be decided by the unit in these petitions; what it did stays written down as its own. */
const OWED: readonly string[] = [
  "update kernel.cases t set handling_unit_id = w.unit from w where t.id = w.id and t.handling_unit_id = $1",
  "update kernel.reviews t set of_unit_id = w.unit from w where t.case_id = w.id and t.of_unit_id = $1 and t.decided_at is null",
  "update kernel.reviews t set body_unit_id = w.unit from w where t.case_id = w.id and t.body_unit_id = $1 and t.decided_at is null",
  "update kernel.contests t set of_unit_id = w.unit from w where t.case_id = w.id and t.of_unit_id = $1 and t.outcome is null",
  "update kernel.contests t set body_unit_id = w.unit from w where t.case_id = w.id and t.body_unit_id = $1 and t.outcome is null",
  "update kernel.supervision_items t set to_unit_id = w.unit from w where t.case_id = w.id and t.to_unit_id = $1 and t.closed_at is null",
  "update kernel.supervision_items t set by_unit_id = w.unit from w where t.case_id = w.id and t.by_unit_id = $1 and t.closed_at is null",
  `update kernel.assists t set unit_id = w.unit from w where t.case_id = w.id and t.unit_id = $1 and t.answered_at is null and t.ended_at is null
    and not exists (select from kernel.assists o where o.case_id = t.case_id and o.unit_id = w.unit and o.answered_at is null and o.ended_at is null)`,
  "update kernel.commitments t set unit_id = w.unit from w where t.case_id = w.id and t.unit_id = $1 and t.state in ('open', 'reported')",
];

/**
 * Checks that go on go to the heir, but not where he holds the petition or is in its line, is complained of, or checks it already:
 * whoever checks is free of the work, and reads it by one key.
 */
async function carryChecks(change: Change, from: string, heir: string): Promise<void> {
  await change.client.query(
    `update kernel.case_checks t set unit_id = $2 from kernel.cases c join kernel.units h on h.id = kernel.heir(c.holder_unit_id),
            kernel.units n
      where t.case_id = c.id and t.unit_id = $1 and t.ended_at is null and n.id = $2
        and not (n.id = any (h.path)) and not (h.id = any (n.path))
        and not exists (select from kernel.respondents r where r.case_id = t.case_id and r.unit_id = $2)
        and not exists (select from kernel.case_checks o where o.case_id = t.case_id and o.unit_id = $2 and o.ended_at is null)`,
    [from, heir],
  );
}

async function owe(change: Change, from: string, owed: readonly HandedOver[]): Promise<void> {
  for (const statement of OWED)
    await change.client.query(`with w as (select * from unnest($2::uuid[], $3::uuid[]) w(id, unit)) ${statement}`, [
      from,
      owed.map((o) => o.caseId),
      owed.map((o) => o.to),
    ]);
}

/** A body that would review its own reply, and a unit that has come to hold a petition about itself, give it up one level. */
async function liftUp(change: Change, heir: string, why: string): Promise<number> {
  const path = await pathOf(change, heir);
  const { rows } = await change.client.query<Concerned>(
    `select c.id, c.organ_id is not null as organ, c.status in ('review', 'rereview') as reviewing, c.handling_unit_id as "handlingId",
        (select coalesce(array_agg(r.unit_id), '{}') from kernel.respondents r where r.case_id = c.id and r.unit_id is not null) as respondents
      from kernel.cases c where c.holder_unit_id = $1 and c.organ_id is null and ${isAtWork}
       and (exists (select from kernel.respondents r where r.case_id = c.id and r.unit_id = any($2::uuid[]))
         or c.status in ('review', 'rereview') and c.handling_unit_id = $1)
      order by c.id`,
    [heir, path],
  );
  const lifted = rows.map((c) => ({ caseId: c.id, to: freeOf(path, c) })).filter((c) => c.to !== heir);
  await handOver(change, lifted, why);
  await change.client.query(
    `update kernel.reviews t set body_unit_id = w.unit from unnest($1::uuid[], $2::uuid[]) w(id, unit)
      where t.case_id = w.id and t.decided_at is null`,
    [lifted.map((c) => c.caseId), lifted.map((c) => c.to)],
  );
  // nobody urges himself
  await change.client.query(
    "update kernel.supervision_items set by_unit_id = $2 where by_unit_id = $1 and to_unit_id = $1 and closed_at is null",
    [heir, path.at(-2) ?? heir],
  );
  return lifted.length;
}

/** What went where: open petitions that units see, their running clocks; and how many went one level up. */
export interface Carried {
  readonly cases: ReadonlyMap<string, number>;
  readonly clocks: ReadonlyMap<string, number>;
  readonly liftedUp: number;
}

/** Counted by what units see, so that an accusation shows in no number. */
async function counted(change: Change, moved: readonly HandedOver[], liftedUp: number): Promise<Carried> {
  const { rows } = await change.client.query<{ unit: string; cases: number; clocks: number }>(
    `select w.unit, count(*)::int as cases,
        coalesce(sum((select count(*) from kernel.clocks k where k.case_id = w.id and k.state in ('running', 'paused'))), 0)::int as clocks
       from unnest($1::uuid[], $2::uuid[]) w(id, unit) join kernel.cases c on c.id = w.id and c.organ_id is null group by w.unit`,
    [moved.map((m) => m.caseId), moved.map((m) => m.to)],
  );
  return {
    cases: new Map(rows.map((r) => [r.unit, r.cases])),
    clocks: new Map(rows.map((r) => [r.unit, r.clocks])),
    liftedUp,
  };
}

/**
 * Passes all petitions of a unit that ends to those who come after it, in the transaction of its end: holders, what is
 * owed, reviewed and urged, who is complained of, who sees what. Clocks run on.
 */
export async function succeed(change: Change, s: Succession, why: string): Promise<Carried> {
  const { rows } = await change.client.query<Concerned>(CONCERNED, [s.from]);
  const mine = rows.map((c) => ({ ...c, heir: heirOf(s, c) }));
  const about = await nameRespondents(change, s);
  const moved = mine.filter((c) => c.held).map((c) => ({ caseId: c.id, to: c.heir }));
  await handOver(change, moved, why);
  await owe(
    change,
    s.from,
    mine.map((c) => ({ caseId: c.id, to: c.heir })),
  );
  await change.client.query("update kernel.explanations set unit_id = $2 where unit_id = $1 and answered_at is null", [
    s.from,
    s.rest,
  ]);
  await change.client.query("update kernel.saved_views set unit_id = $2 where unit_id = $1", [s.from, s.rest]);
  await change.client.query("update kernel.systems set unit_id = $2 where unit_id = $1 and ended_at is null", [
    s.from,
    s.rest,
  ]);
  let lifted = 0;
  for (const heir of s.heirs) lifted += await liftUp(change, heir, why);
  await carryChecks(change, s.from, s.rest);
  await reaudienceCases(change.client, [
    ...new Set([...mine.map((c) => c.id), ...about, ...(await casesSeenBy(change.client, s.from))]),
  ]);
  if (change.keys) for (const heir of s.heirs) await followMove({ ...change, keys: change.keys }, heir);
  return counted(change, moved, lifted);
}
