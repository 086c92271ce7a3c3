import { hash } from "node:crypto";
import type { Pool } from "pg";
import { dutyOf } from "../duty/loaded-duty.ts";
import { assistOf } from "../life-cycle/loaded-assist.ts";
import type { LoadedCase, LoadedCommitment, LoadedContest, LoadedLeg } from "../life-cycle/loaded-case.ts";
import { reportOf } from "../retaliation/loaded-report.ts";
import { ASSIGNED_BY, assignmentAmong } from "./assignment.ts";

/** Path of a unit, itself first, the root last. */
const path = (unit: string): string =>
  `(select coalesce(jsonb_agg(x order by n desc), '[]') from kernel.units u, unnest(u.path) with ordinality p(x, n) where u.id = ${unit})`;

/** Marks `x` that hold. */
export const COVERED_NOW = "x.lifted_at is null";

const LOAD = `select
  to_jsonb(c) - 'body' - 'already_tried' - 'return_tag' as c,
  ${path("kernel.heir(c.holder_unit_id)")} as holder_path,
  ${path("c.intake_unit_id")} as intake_path,
  ${path("c.handling_unit_id")} as handling_path,
  (select time_zone from kernel.units u where u.id = c.holder_unit_id) as time_zone,
  (select a.reply_approvals from kernel.units h join kernel.units a on a.id = any (h.path)
     where h.id = c.holder_unit_id and a.reply_approvals is not null order by a.level desc limit 1) as reply_approvals,
  (select unit_id from kernel.offices o where o.id = c.organ_id) as organ_unit_id,
  (select coalesce(jsonb_agg(to_jsonb(d) order by d.no), '[]') from kernel.demands d where d.case_id = c.id) as demands,
  (select coalesce(jsonb_agg(to_jsonb(k) order by k.started_at, k.id), '[]') from kernel.clocks k where k.case_id = c.id) as clocks,
  (select coalesce(jsonb_agg(to_jsonb(n) order by n.created_at, n.id), '[]') from kernel.notices n where n.case_id = c.id) as notices,
  (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'personId', r.person_id, 'unitId', r.unit_id)), '[]')
     from kernel.respondents r where r.case_id = c.id) as respondents,
  (select coalesce(jsonb_agg(r.person_id), '[]') from kernel.recusals r where r.case_id = c.id and r.state <> 'refused') as recused,
  (select coalesce(jsonb_agg(jsonb_build_object('personId', a.person_id, 'part', a.part, 'level', a.level, 'at', a.at)), '[]')
     from kernel.case_actors a where a.case_id = c.id) as actors,
  (select coalesce(jsonb_agg(to_jsonb(l) order by l.no), '[]') from kernel.legs l where l.case_id = c.id) as legs,
  (select coalesce(jsonb_agg(to_jsonb(x) || jsonb_build_object('path', ${path("kernel.heir(x.unit_id)")}) order by x.asked_at, x.id), '[]')
     from kernel.assists x where x.case_id = c.id) as assists,
  (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'words', x.words, 'kind', x.kind, 'reason', x.reason) order by x.id), '[]')
     from kernel.redactions x where x.case_id = c.id and ${COVERED_NOW}) as redactions,
  (select coalesce(jsonb_agg(to_jsonb(p) order by p.made_at, p.id), '[]') from kernel.commitments p where p.case_id = c.id) as commitments,
  ${path("(select kernel.heir(l.from_unit_id) from kernel.legs l where l.case_id = c.id and l.kind <> 'succeed' order by l.no desc limit 1)")} as sender_path,
  ${path(ASSIGNED_BY)} as assigner_path,
  (select coalesce(jsonb_agg(to_jsonb(p) order by p.proposed_at, p.id), '[]') from kernel.proposals p
     where p.case_id = c.id and p.state = 'open') as proposals,
  (select to_jsonb(x) from kernel.contests x where x.case_id = c.id order by x.requested_at desc, x.id desc limit 1) as contest,
  (select coalesce(jsonb_agg(to_jsonb(k) order by k.at, k.id), '[]') from kernel.case_links k
     where (k.case_id = c.id or k.other_case_id = c.id) and k.ended_at is null) as links,
  (select to_jsonb(t) from kernel.retaliations t where t.case_id = c.id) as report,
  (select to_jsonb(d) from kernel.duty_pages d where d.case_id = c.id) as duty,
  exists (select from kernel.retaliations t where t.origin_case_id = c.id and t.concluded_at is null)
    or exists (select from kernel.retaliations t join kernel.clocks k on k.case_id = t.case_id
                where t.case_id = c.id and k.code = 'K32' and k.state = 'running') as held,
  (select count(*)::int from kernel.supervision_items i where i.case_id = c.id and i.kind = 'urge'
     and i.answered_at is null and i.closed_at is null) as open_supervision,
  (select coalesce(jsonb_agg(jsonb_build_object('key', a.key, 'depth', a.depth)), '[]')
     from kernel.case_audience a where a.case_id = c.id) as audience,
  exists (select from kernel.case_topics ct join kernel.topics t on t.id = ct.topic_id
           where ct.case_id = c.id and t.never_mediated) as never_mediated,
  kernel.rules_stamp() as rules_stamp,
  (select jsonb_build_object('result', l.result, 'input', encode(l.input_hash, 'hex')) from kernel.command_log l
     where l.actor = $2 and l.key = $3) as prior
  from kernel.cases c where c.id = $1`;

/** A row of kernel.clocks as jsonb gives it. */
export interface ClockRow {
  readonly id: string;
  readonly code: string;
  readonly state: LoadedCase["clocks"][number]["state"];
  readonly started_at: string;
  readonly start_on: string;
  readonly due_on: string;
  readonly due_at: string;
  readonly [column: string]: unknown;
}

/** A row of kernel.notices as jsonb gives it. */
export interface NoticeRow {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly state: LoadedCase["notices"][number]["state"];
  readonly facts: Record<string, unknown>;
  readonly [column: string]: unknown;
}

export interface Prior {
  readonly result: unknown;
  readonly input: string;
}

export interface Loaded {
  readonly case: LoadedCase;
  readonly clockRows: readonly ClockRow[];
  readonly noticeRows: readonly NoticeRow[];
  readonly handlingPath: readonly string[] | null;
  readonly audience: readonly { readonly key: string; readonly depth: number }[];
  readonly prior: Prior | null;
  readonly severity: string;
  readonly petitionerWroteAt: string | null;
  /** of the rules as the database knows them at this moment */
  readonly rulesStamp: number | null;
}

// biome-ignore lint/suspicious/noExplicitAny: the statement's own shape, mapped field by field below.
type Raw = Record<string, any>;

/** The leg by which it came: that a unit took another one's place sent it nowhere. */
const lastLegOf = (row: Raw): LoadedLeg | null => {
  const leg = row.legs.findLast((l: Raw) => l.kind !== "succeed");
  return leg ? { ...legOf(leg), fromUnitId: row.sender_path[0] ?? leg.from_unit_id } : null;
};

const assignmentOf = (row: Raw): LoadedLeg | null => {
  const leg = assignmentAmong(row.legs as Raw[] as { readonly kind: string }[]) as Raw | undefined;
  return leg ? { ...legOf(leg), fromUnitId: row.assigner_path[0] ?? leg.from_unit_id } : null;
};

const legOf = (l: Raw): LoadedLeg => ({
  id: l.id,
  no: l.no,
  kind: l.kind,
  fromUnitId: l.from_unit_id,
  toUnitId: l.to_unit_id,
  sentAt: new Date(l.sent_at).toISOString(),
  objection: l.objection ?? null,
  objectionGround: l.objection_ground ?? "",
  objectedAt: l.objected_at ? new Date(l.objected_at).toISOString() : null,
  objectedBy: l.objected_by ?? null,
  agreed: l.agreed ?? null,
});

const contestOf = (x: Raw): LoadedContest => ({
  id: x.id,
  noticeId: x.notice_id,
  requestedAt: new Date(x.requested_at).toISOString(),
  ofUnitId: x.of_unit_id,
  text: x.text,
  outcome: x.outcome ?? null,
});

const commitmentOf = (p: Raw): LoadedCommitment => ({
  id: p.id,
  demandId: p.demand_id ?? null,
  unitId: p.unit_id,
  clockId: p.clock_id ?? null,
  text: p.text,
  owner: p.owner,
  dueOn: p.due_on,
  state: p.state,
  madeAt: new Date(p.made_at).toISOString(),
  evidence: p.evidence ?? null,
  reportedAt: p.reported_at ?? null,
  reportedBy: p.reported_by ?? null,
  missing: p.missing ?? null,
  askedDueOn: p.asked_due_on ?? null,
  askedBecause: p.asked_because ?? null,
  dateChangedAt: p.date_changed_at ?? null,
  confirmedBy: p.confirmed_by ?? null,
  reason: p.reason ?? null,
  doneAt: p.done_at ? new Date(p.done_at).toISOString() : null,
  doneBy: p.done_by ?? null,
});

function loadedCase(row: Raw): LoadedCase {
  const c: Raw = row.c;
  return {
    id: c.id,
    caseNo: c.case_no,
    version: c.version,
    intakeUnitId: c.intake_unit_id,
    holderUnitId: c.holder_unit_id,
    organId: c.organ_id,
    status: c.status,
    level: c.level,
    marks: c.flags,
    track: c.track,
    category: c.category,
    subRoute: c.sub_route,
    neverMediated: row.never_mediated,
    purpose: c.purpose,
    channel: c.channel,
    channelLabel: { "zh-CN": c.channel_label_zh, en: c.channel_label_en },
    confidentiality: c.confidentiality,
    anonymity: c.anonymity,
    title: c.title,
    locale: c.locale,
    handlerId: c.handler_id,
    heardOn: c.heard_on,
    handlingUnitId: c.handling_unit_id,
    hops: c.hops,
    headcount: c.headcount,
    imported: c.imported,
    receivedAt: new Date(c.received_at).toISOString(),
    pack: c.pack,
    packVersion: c.pack_version,
    calendar: c.calendar,
    timeZone: row.time_zone,
    holderPath: row.holder_path,
    intakePath: row.intake_path,
    organUnitId: row.organ_unit_id,
    demands: row.demands.map((d: Raw) => ({ ...d, desiredOutcome: d.desired_outcome })),
    clocks: row.clocks.map((k: Raw) => ({
      id: k.id,
      code: k.code,
      state: k.state,
      startOn: k.start_on,
      dueOn: k.due_on,
    })),
    notices: row.notices.map((n: Raw) => ({
      id: n.id,
      code: n.code,
      version: n.version,
      state: n.state,
      draftedBy: n.drafted_by,
      issuerUnitId: n.issuer_unit_id,
      firstApprovedBy: n.first_approved_by ?? null,
      number: n.number,
      sealedAt: n.sealed_at,
      deliveredOn: n.delivered_on,
    })),
    replyApprovals: row.reply_approvals ?? 1,
    respondentUnits: row.respondents.filter((r: Raw) => r.kind === "unit").map((r: Raw) => r.unitId),
    respondentPeople: row.respondents.filter((r: Raw) => r.kind === "person").map((r: Raw) => r.personId),
    recused: row.recused,
    actors: row.actors.map((a: Raw) => ({ ...a, at: new Date(a.at).toISOString() })),
    legs: row.legs.length,
    lastLeg: lastLegOf(row),
    senderPath: row.sender_path,
    assignment: assignmentOf(row),
    assignerPath: row.assigner_path,
    proposals: row.proposals.map((p: Raw) => ({
      id: p.id,
      act: p.act,
      by: p.proposed_by,
      at: new Date(p.proposed_at).toISOString(),
      input: p.input,
    })),
    contest: row.contest ? contestOf(row.contest) : null,
    links: row.links.map((l: Raw) => ({
      id: l.id,
      caseId: l.case_id,
      otherCaseId: l.other_case_id,
      kind: l.kind,
    })),
    assists: row.assists.map(assistOf),
    commitments: row.commitments.map(commitmentOf),
    redactions: row.redactions,
    openCommitments: row.commitments.filter((p: Raw) => p.state === "open" || p.state === "reported").length,
    openSupervision: row.open_supervision,
    report: reportOf(row.report),
    duty: dutyOf(row.duty),
    held: row.held === true,
    audience: row.audience.map((a: Raw) => a.key),
    ledgerSeq: c.ledger_seq,
    ledgerHash: c.ledger_hash.slice(2),
  };
}

/** Everything a rule may look at, and the earlier result of the same key, in one trip. */
export async function loadCase(pool: Pool, caseId: string, logActor: string, logKey: string): Promise<Loaded | null> {
  const { rows } = await pool.query<Raw>({ name: "load_case", text: LOAD, values: [caseId, logActor, logKey] });
  const row = rows[0];
  if (!row) return null;
  return {
    case: loadedCase(row),
    clockRows: row.clocks,
    noticeRows: row.notices,
    handlingPath: row.handling_path.length > 0 ? row.handling_path : null,
    audience: row.audience,
    prior: row.prior,
    severity: row.c.severity,
    petitionerWroteAt: row.c.petitioner_wrote_at,
    rulesStamp: row.rules_stamp === null ? null : Number(row.rules_stamp),
  };
}

export const inputHash = (command: string, canonicalInput: string): string =>
  hash("sha256", `${command}\n${canonicalInput}`, "hex");
