import type { Pool } from "pg";

interface Demand {
  readonly id: string;
  readonly text: string;
  readonly outcome: string | null;
  readonly facts: string | null;
  readonly opinion: string | null;
  readonly basis: string | null;
}
export interface Clock {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly start_on: string;
  readonly started_at: string;
  readonly amount: number;
  readonly unit: string;
  readonly extension: number;
  /** the clock or part of the pack it was counted by */
  readonly rule: string | null;
  readonly excluded: readonly { readonly from: string; readonly to: string }[];
  readonly due_on: string;
  readonly due_at: string;
  readonly breached_at: string | null;
}
interface Notice {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly hash: string | null;
  readonly drafted_by: string | null;
  readonly first_approved_by: string | null;
  readonly delivered_on: string | null;
}
interface Leg {
  readonly no: number;
  readonly kind: string;
  readonly from_unit_id: string;
  readonly to_unit_id: string;
  readonly objected_at: string | null;
  readonly agreed: boolean | null;
  readonly answered_by: string | null;
}
interface Assist {
  readonly unit_id: string;
  readonly due_on: string;
  readonly clock_id: string;
  readonly answered_at: string | null;
  readonly ended_at: string | null;
}
interface Commitment {
  readonly id: string;
  readonly state: string;
  readonly due_on: string;
  readonly clock_id: string | null;
  readonly reported_by: string | null;
  readonly asked_due_on: string | null;
}
interface Review {
  readonly id: string;
  readonly level: string;
  readonly requested_at: string;
  readonly body_unit_id: string;
  readonly of_unit_id: string;
  readonly outcome: string | null;
  readonly redo_due_on: string | null;
  readonly decided_by: string | null;
}
export interface Entry {
  readonly seq: number;
  readonly type: string;
  readonly actor: string;
  readonly at: string;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
}

/** What the tables say of one case, read by nothing that the kernel itself reads by. */
export interface RowsNow {
  readonly c: {
    readonly id: string;
    readonly case_no: string;
    readonly status: string;
    readonly level: string;
    readonly flags: readonly string[];
    readonly track: string;
    readonly category: string | null;
    readonly sub_route: number | null;
    readonly confidentiality: number;
    readonly anonymity: string;
    readonly organ_id: string | null;
    readonly intake_unit_id: string;
    readonly holder_unit_id: string;
    readonly handling_unit_id: string | null;
    readonly handler_id: string | null;
    readonly heard_on: string | null;
    readonly hops: number;
    readonly title: string;
    readonly body: string;
    readonly received_at: string;
    readonly ledger_seq: number;
    readonly ledger_hash: string;
  };
  readonly demands: readonly Demand[];
  readonly clocks: readonly Clock[];
  readonly notices: readonly Notice[];
  /** it was taken out of a petition whose extension the petitioner had been told of */
  readonly toldBefore: boolean;
  /** instants at which a body above gave it back to be decided again, or what it was taken out of: the days go along */
  readonly redoneAt: readonly string[];
  readonly respondents: readonly {
    readonly kind: string;
    readonly person_id: string | null;
    readonly unit_id: string | null;
  }[];
  readonly recused: readonly string[];
  readonly actors: readonly { readonly person_id: string; readonly part: string; readonly level: string }[];
  readonly legs: readonly Leg[];
  readonly assists: readonly Assist[];
  readonly commitments: readonly Commitment[];
  readonly reviews: readonly Review[];
  readonly wishes: readonly { readonly state: string; readonly asked_at: string }[];
  readonly items: readonly {
    readonly id: string;
    readonly clock_id: string;
    readonly kind: string;
    readonly answered_at: string | null;
    readonly closed_at: string | null;
  }[];
  readonly audience: readonly { readonly key: string; readonly depth: number }[];
  readonly entries: readonly Entry[];
}

const all = (table: string, columns: string, order: string): string =>
  `(select coalesce(jsonb_agg(to_jsonb(x) order by ${order}), '[]') from (select ${columns} from kernel.${table} where case_id = c.id) x)`;

const ROWS = `select to_jsonb(c) as c,
  ${all("demands", "id, no, text, outcome, facts, opinion, basis", "no")} as demands,
  ${all("clocks", "id, code, explain->>'rule' as rule, state, start_on, started_at, amount, unit, extension, excluded, due_on, due_at, breached_at", "started_at, id")} as clocks,
  ${all("notices", "id, code, state, encode(hash, 'hex') as hash, drafted_by, first_approved_by, delivered_on, created_at", "created_at, id")} as notices,
  exists (select from kernel.case_links k join kernel.notices n on n.case_id = k.other_case_id and n.code = 'D13' and n.created_at < k.at
     where k.case_id = c.id and k.kind = 'splitFrom') as "toldBefore",
  (with recursive origin(id) as (select c.id union select k.other_case_id from kernel.case_links k join origin o on k.case_id = o.id and k.kind = 'splitFrom')
    select coalesce(jsonb_agg(l.at), '[]') from kernel.ledger l where l.stream in (select id from origin) and l.type = 'case.redo') as "redoneAt",
  ${all("respondents", "kind, person_id, unit_id", "kind")} as respondents,
  (select coalesce(jsonb_agg(r.person_id), '[]') from kernel.recusals r where r.case_id = c.id and r.state <> 'refused') as recused,
  ${all("case_actors", "person_id, part, level", "person_id")} as actors,
  ${all("legs", "no, kind, from_unit_id, to_unit_id, objected_at, agreed, answered_by", "no")} as legs,
  ${all("assists", "unit_id, due_on, clock_id, answered_at, ended_at, asked_at", "asked_at")} as assists,
  ${all("commitments", "id, state, due_on, clock_id, reported_by, asked_due_on", "id")} as commitments,
  ${all("reviews", "id, level, requested_at, body_unit_id, of_unit_id, outcome, redo_due_on, decided_by", "requested_at, id")} as reviews,
  ${all("withdrawals", "state, asked_at", "asked_at")} as wishes,
  ${all("supervision_items", "id, clock_id, kind, answered_at, closed_at", "id")} as items,
  ${all("case_audience", "key, depth", "key")} as audience,
  (select coalesce(jsonb_agg(jsonb_build_object('seq', l.seq, 'type', l.type, 'actor', l.actor, 'at', l.at, 'body', l.body,
     'prev', encode(l.prev, 'hex'), 'hash', encode(l.hash, 'hex')) order by l.seq), '[]') from kernel.ledger l where l.stream = c.id) as entries
  from kernel.cases c where c.id = any ($1) or exists (select from kernel.case_links k where k.case_id = c.id and k.other_case_id = any ($1))
  order by c.id`;

/** These cases and what was taken out of them or joined to them since. */
export async function rowsNow(pool: Pool, caseIds: readonly string[]): Promise<readonly RowsNow[]> {
  const { rows } = await pool.query<RowsNow>({ name: "rows_now", text: ROWS, values: [caseIds] });
  return rows;
}
