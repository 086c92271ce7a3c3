/** Rows of one command, by arm of the `apply` statement. A missing arm costs nothing. */
export type Batch = { readonly [A in ArmName]?: readonly object[] };

const inserts = {
  cases: [
    "id",
    "case_no",
    "intake_unit_id",
    "holder_unit_id",
    "organ_id",
    "status",
    "level",
    "flags",
    "channel",
    "channel_key",
    "channel_label_zh",
    "channel_label_en",
    "track",
    "category",
    "sub_route",
    "purpose",
    "severity",
    "urgent_safety",
    "confidentiality",
    "anonymity",
    "headcount",
    "title",
    "body",
    "already_tried",
    "desired_outcome",
    "locale",
    "pack",
    "pack_version",
    "calendar",
    "handler_id",
    "heard_on",
    "handling_unit_id",
    "hops",
    "imported",
    "received_at",
    "entered_at",
    "petitioner_wrote_at",
    "return_tag",
    "version",
    "ledger_seq",
    "ledger_hash",
  ],
  demands: ["id", "case_id", "no", "text", "desired_outcome", "outcome", "facts", "opinion", "basis", "steps"],
  respondents: ["id", "case_id", "kind", "person_id", "unit_id", "label"],
  recusals: ["person_id", "case_id", "source", "state", "ground", "reason", "decided_by", "at"],
  case_topics: ["case_id", "topic_id"],
  legs: [
    "id",
    "case_id",
    "no",
    "from_unit_id",
    "to_unit_id",
    "kind",
    "reason",
    "legal_ground",
    "due_on",
    "sent_at",
    "sent_by",
  ],
  clocks: [
    "id",
    "case_id",
    "code",
    "state",
    "started_at",
    "start_on",
    "amount",
    "unit",
    "extension",
    "excluded",
    "paused_on",
    "due_on",
    "due_at",
    "next_at",
    "signal",
    "calendar",
    "provisional",
    "explain",
  ],
  notices: [
    "id",
    "case_id",
    "code",
    "version",
    "state",
    "facts",
    "hash",
    "number",
    "issuer_unit_id",
    "drafted_by",
    "first_approved_by",
    "approved_by",
    "created_at",
    "submitted_at",
    "sealed_at",
    "sent_at",
    "delivered_on",
    "method",
    "proof",
  ],
  messages: [
    "id",
    "case_id",
    "at",
    "author",
    "author_id",
    "unit_id",
    "mandate_id",
    "visibility",
    "text",
    "read_at",
    "taken_by",
    "received_on",
    "channel_label_zh",
    "channel_label_en",
  ],
  case_actors: ["case_id", "person_id", "part", "level", "at"],
  reviews: ["id", "case_id", "level", "requested_at", "grounds", "text", "late_because", "body_unit_id", "of_unit_id"],
  proposals: ["id", "case_id", "act", "input", "proposed_by", "proposed_at", "state"],
  contests: ["id", "case_id", "notice_id", "requested_at", "text", "body_unit_id", "of_unit_id"],
  case_links: ["id", "case_id", "other_case_id", "kind", "at"],
  commitments: [
    "id",
    "case_id",
    "demand_id",
    "unit_id",
    "clock_id",
    "text",
    "owner",
    "due_on",
    "state",
    "made_at",
    "made_by",
  ],
  withdrawals: ["id", "case_id", "text", "asked_at", "state"],
  redactions: ["id", "case_id", "words", "kind", "reason", "marked_by", "marked_at"],
  appointments: [
    "id",
    "case_id",
    "unit_id",
    "plugin_id",
    "title_zh",
    "title_en",
    "place",
    "people",
    "starts_at",
    "ends_at",
    "made_by",
    "made_at",
  ],
  appointment_claims: ["appointment_id", "resource", "starts_at", "ends_at"],
  tasks: [
    "id",
    "case_id",
    "unit_id",
    "plugin_id",
    "title_zh",
    "title_en",
    "text",
    "person_id",
    "due_on",
    "made_by",
    "made_at",
    "state",
    "result",
  ],
  module_clocks: [
    "id",
    "case_id",
    "plugin_id",
    "code",
    "title_zh",
    "title_en",
    "name_zh",
    "name_en",
    "why_zh",
    "why_en",
    "amount",
    "unit",
    "at_end",
    "state",
    "start_on",
    "due_on",
    "due_at",
    "calendar",
    "provisional",
    "started_by",
    "started_at",
  ],
  consents: ["id", "case_id", "plugin_id", "code", "title_zh", "title_en", "words", "state", "asked_by", "asked_at"],
  case_data: ["id", "case_id", "plugin_id", "title_zh", "title_en", "labels", "data", "at", "by_person"],
  mandates: ["id", "case_id", "filed", "kind", "relation", "scope", "consent", "given_at", "until", "return_tag"],
  assists: ["id", "case_id", "unit_id", "lead_unit_id", "clock_id", "question", "due_on", "asked_at", "asked_by"],
  case_checks: ["id", "case_id", "unit_id", "asked_by", "asked_at", "until"],
  charges: ["id", "case_id", "leader_id", "slot", "taken_at"],
  retaliations: ["case_id", "origin_case_id", "reporter", "unit_id", "acts", "reported_at", "check_ins"],
  explanations: ["id", "case_id", "unit_id", "question", "due_on", "asked_at", "asked_by"],
  duty_pages: ["case_id", "raised_at", "step", "next_at", "reached"],
  ratings: ["case_id", "target", "unit_id", "result", "attitude", "comment", "at"],
  party_links: ["id", "case_id", "role", "kek", "sealed", "person_tag"],
  case_audience: [
    "key",
    "case_id",
    "due",
    "received",
    "depth",
    "conf",
    "status",
    "open",
    "category",
    "channel",
    "holder",
    "to_approve",
    "to_deliver",
    "backlog",
    "until",
  ],
  repeats: ["id", "case_id", "of_case_id", "kind", "judged_by", "at"],
  supervision_items: [
    "id",
    "case_id",
    "kind",
    "trigger",
    "clock_id",
    "code",
    "step",
    "by_unit_id",
    "by_organ_id",
    "to_unit_id",
    "for_leader",
    "late_since",
    "opened_at",
    "due_on",
    "next_at",
    "notice_id",
  ],
  case_imports: ["source", "source_key", "case_id", "content_hash", "stated"],
  command_log: ["actor", "key", "command", "input_hash", "result", "at"],
  ledger: ["stream", "seq", "at", "type", "actor", "body", "prev", "hash"],
  outbox: ["id", "at", "case_id", "seq", "unit_id", "type", "payload"],
} as const;

const vaultInserts = {
  persons: ["id", "kek", "dek", "ct"],
  tags: ["kind", "tag", "person_id"],
  corrections: ["id", "case_id", "kek", "dek", "ct", "at"],
  requests: ["id", "case_id", "kind", "reason", "message", "asked_by", "asked_at", "state"],
  openings: ["id", "case_id", "at", "by_person", "purpose", "tell_after", "request_id"],
} as const;

/** Columns a command may change; the registered text is not among them: immutable by construction. */
const updates = {
  patch: {
    table: "cases",
    key: ["id"],
    columns: [
      "holder_unit_id",
      "organ_id",
      "status",
      "level",
      "flags",
      "track",
      "category",
      "sub_route",
      "severity",
      "confidentiality",
      "handler_id",
      "heard_on",
      "handling_unit_id",
      "hops",
      "pack_version",
      "petitioner_wrote_at",
      "ledger_seq",
      "ledger_hash",
      // stay unless the act sets them
      "urgent_safety",
      "anonymity",
      // stay as they are, but for the key: a row is changed once in a statement, so they stand here
      "title",
      "body",
      "already_tried",
      "desired_outcome",
    ],
  },
  /** What was left under no key: the same text, encrypted under the organ's. */
  resealed: { table: "cases", key: ["id"], columns: ["title", "body", "already_tried", "desired_outcome"] },
  demand_patch: { table: "demands", key: ["id"], columns: ["outcome", "facts", "opinion", "basis", "steps"] },
  /** a demand goes into the case that was taken out of this one, unanswered */
  demand_moves: {
    table: "demands",
    key: ["id"],
    columns: ["case_id", "no", "text", "desired_outcome", "outcome", "facts", "opinion", "basis", "steps"],
  },
  clock_patch: {
    table: "clocks",
    key: ["id"],
    columns: [
      "state",
      "amount",
      "unit",
      "extension",
      "excluded",
      "paused_on",
      "due_on",
      "due_at",
      "next_at",
      "signal",
      "stopped_at",
      "breached_at",
      "effect_due",
      "calendar",
      "provisional",
      "explain",
    ],
  },
  notice_patch: {
    table: "notices",
    key: ["id"],
    columns: [
      "version",
      "state",
      "facts",
      "hash",
      "number",
      "issuer_unit_id",
      "drafted_by",
      "first_approved_by",
      "approved_by",
      "submitted_at",
      "sealed_at",
      "sent_at",
      "delivered_on",
      "method",
      "proof",
      "sent_back_reason",
    ],
  },
  review_patch: {
    table: "reviews",
    key: ["id"],
    columns: ["outcome", "facts", "opinion", "basis", "redo_due_on", "decided_by", "decided_at"],
  },
  proposal_patch: { table: "proposals", key: ["id"], columns: ["state", "decided_by", "decided_at", "reason"] },
  contest_patch: { table: "contests", key: ["id"], columns: ["outcome", "reasons", "decided_by", "decided_at"] },
  link_patch: { table: "case_links", key: ["id"], columns: ["ended_at"] },
  commitment_patch: {
    table: "commitments",
    key: ["id"],
    columns: [
      "clock_id",
      "due_on",
      "state",
      "evidence",
      "reported_at",
      "reported_by",
      "missing",
      "asked_due_on",
      "asked_because",
      "date_changed_at",
      "confirmed_by",
      "reason",
      "done_at",
      "done_by",
    ],
  },
  withdrawal_patch: {
    table: "withdrawals",
    key: ["id"],
    columns: ["state", "ended_at", "ended_by", "ground", "reason"],
  },
  redaction_patch: { table: "redactions", key: ["id"], columns: ["lifted_by", "lifted_at"] },
  sealed_redactions: { table: "redactions", key: ["id"], columns: ["words"] },
  appointment_patch: { table: "appointments", key: ["id"], columns: ["cancelled_by", "cancelled_at"] },
  sealed_appointments: { table: "appointments", key: ["id"], columns: ["place"] },
  task_patch: {
    table: "tasks",
    key: ["id"],
    columns: ["person_id", "state", "text", "result", "ended_by", "ended_at"],
  },
  sealed_tasks: { table: "tasks", key: ["id"], columns: ["text", "result"] },
  module_clock_patch: {
    table: "module_clocks",
    key: ["id"],
    columns: ["state", "due_on", "due_at", "calendar", "provisional", "ended_by", "ended_at"],
  },
  consent_patch: { table: "consents", key: ["id"], columns: ["state", "answered_at"] },
  sealed_consents: { table: "consents", key: ["id"], columns: ["words"] },
  case_data_patch: {
    table: "case_data",
    key: ["id"],
    columns: ["title_zh", "title_en", "labels", "data", "at", "by_person"],
  },
  sealed_case_data: { table: "case_data", key: ["id"], columns: ["data"] },
  mandate_patch: { table: "mandates", key: ["id"], columns: ["consent", "ended_at", "ended_by"] },
  assist_patch: {
    table: "assists",
    key: ["id"],
    columns: ["report", "answered_at", "answered_by", "ended_at", "ended_by", "reason"],
  },
  charge_patch: { table: "charges", key: ["id"], columns: ["ended_at", "ended_by", "outcome"] },
  rating_patch: { table: "ratings", key: ["case_id", "target"], columns: ["result", "attitude", "comment", "at"] },
  retaliation_patch: {
    table: "retaliations",
    key: ["case_id"],
    columns: ["acknowledged_at", "decided_at", "concluded_at", "outcome", "check_ins"],
  },
  duty_patch: {
    table: "duty_pages",
    key: ["case_id"],
    columns: [
      "step",
      "next_at",
      "nobody_since",
      "taken_at",
      "taken_by",
      "phoned_at",
      "phoned_by",
      "reported_at",
      "reported_by",
      "reached",
      "report",
    ],
  },
  explanation_patch: { table: "explanations", key: ["id"], columns: ["answer", "answered_at", "answered_by"] },
  /** the leg by which the case came: an objection, and what was answered */
  leg_patch: {
    table: "legs",
    key: ["id"],
    columns: [
      "objected_at",
      "objected_by",
      "objection",
      "objection_ground",
      "answered_at",
      "answered_by",
      "agreed",
      "answer",
    ],
  },
  supervision_patch: {
    table: "supervision_items",
    key: ["id"],
    columns: [
      "step",
      "by_unit_id",
      "for_leader",
      "due_on",
      "next_at",
      "notice_id",
      "answer",
      "answered_at",
      "answered_by",
      "result",
      "closed_at",
      "closed_by",
    ],
  },
  file_claims: { table: "files", key: ["id"], columns: ["case_id", "message_id", "visibility", "kek", "dek", "name"] },
  file_keys: { table: "files", key: ["id"], columns: ["kek", "dek", "name"] },
  // when a case comes under an organ, or under another one: the same words under its key (organs/reseal.ts)
  sealed_demands: {
    table: "demands",
    key: ["id"],
    columns: ["text", "desired_outcome", "facts", "opinion", "basis", "steps"],
  },
  sealed_messages: { table: "messages", key: ["id"], columns: ["text"] },
  sealed_reviews: { table: "reviews", key: ["id"], columns: ["text", "facts", "opinion", "basis", "late_because"] },
  sealed_proposals: { table: "proposals", key: ["id"], columns: ["input", "reason"] },
  sealed_contests: { table: "contests", key: ["id"], columns: ["text", "reasons"] },
  sealed_commitments: {
    table: "commitments",
    key: ["id"],
    columns: ["text", "owner", "evidence", "missing", "asked_because", "reason"],
  },
  sealed_withdrawals: { table: "withdrawals", key: ["id"], columns: ["text", "reason"] },
  sealed_assists: { table: "assists", key: ["id"], columns: ["question", "report", "reason"] },
  sealed_legs: { table: "legs", key: ["id"], columns: ["reason", "objection", "answer"] },
  sealed_respondents: { table: "respondents", key: ["id"], columns: ["label"] },
  sealed_recusals: { table: "recusals", key: ["person_id", "case_id"], columns: ["reason"] },
  sealed_ratings: { table: "ratings", key: ["case_id", "target"], columns: ["comment"] },
  sealed_supervision: { table: "supervision_items", key: ["id"], columns: ["answer", "result"] },
  sealed_duty: { table: "duty_pages", key: ["case_id"], columns: ["report"] },
  sealed_explanations: { table: "explanations", key: ["id"], columns: ["answer"] },
  sealed_unit_letters: { table: "unit_letters", key: ["id"], columns: ["facts", "sent_back_reason"] },
  sealed_notices: { table: "notices", key: ["id"], columns: ["facts", "proof", "sent_back_reason"] },
  recusal_patch: { table: "recusals", key: ["person_id", "case_id"], columns: ["state", "reason", "decided_by", "at"] },
  /** an access that is opened, or over */
  access_patch: {
    table: "accesses",
    key: ["id"],
    columns: ["level", "state", "decided_by", "decided_at", "until", "tell_after"],
  },
  check_patch: { table: "case_checks", key: ["id"], columns: ["ended_at", "ended_by"] },
  sealed_accesses: { table: "accesses", key: ["id"], columns: ["reason"] },
  message_patch: { table: "messages", key: ["id"], columns: ["read_at"] },
  audience_patch: {
    table: "case_audience",
    key: ["key", "case_id"],
    columns: ["due", "depth", "conf", "status", "open", "category", "holder", "to_approve", "to_deliver", "backlog"],
  },
} as const;

/** The same in the vault. */
const vaultUpdates = {
  request_patch: {
    table: "requests",
    key: ["id"],
    columns: ["state", "decision", "decided_by", "decided_at", "tell_after", "second", "second_by", "second_at"],
  },
  sealed_requests: { table: "requests", key: ["id"], columns: ["reason", "message", "decision", "second"] },
  sealed_openings: { table: "openings", key: ["id"], columns: ["purpose"] },
} as const;

export type ArmName =
  | keyof typeof inserts
  | keyof typeof vaultInserts
  | keyof typeof updates
  | keyof typeof vaultUpdates
  | "audience_gone"
  | "claims_gone"
  | "text_gone"
  | "topics_gone"
  | "unit_fence";

const from = (schema: string, table: string, arm: string): string =>
  `jsonb_populate_recordset(null::${schema}.${table}, (select j->'${arm}' from b))`;

/**
 * Who stands out already stays as he is; but what a check has found outweighs what was asked, which somebody could
 * refuse, and what was refused can be said anew. Words that were said with it stay.
 */
const ONCE_OUT = `on conflict (person_id, case_id) do update set source = excluded.source, state = excluded.state,
  ground = excluded.ground, reason = coalesce(nullif(excluded.reason, ''), recusals.reason), decided_by = null, at = excluded.at
  where recusals.source <> 'computed' and (excluded.source = 'computed' or recusals.state = 'refused')`;

const onConflict: Readonly<Record<string, string>> = {
  tags: "on conflict do nothing",
  case_actors: "on conflict do nothing",
  recusals: ONCE_OUT,
};

const insertArm = (schema: string, table: string, columns: readonly string[]): string =>
  `ins_${table} as (insert into ${schema}.${table} (${columns.join(", ")}) select ${columns.join(", ")} from ${from(schema, table, table)} on_conflict returning 1)`.replace(
    "on_conflict",
    onConflict[table] ?? "",
  );

/**
 * Columns that stay unless the row brings them: a claim has a new wrapping of the key and a sealed name only where the
 * case belongs to an organ, a case new wrappings of its words only when it comes under one.
 */
const keptColumns: Readonly<Record<string, readonly string[]>> = {
  file_claims: ["kek", "dek", "name"],
  patch: ["urgent_safety", "anonymity", "title", "body", "already_tried", "desired_outcome"],
};

interface UpdateSpec {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

function updateArm(arm: string, spec: UpdateSpec, schema = "kernel"): string {
  const kept = keptColumns[arm] ?? [];
  const set = spec.columns.map((c) => `${c} = ${kept.includes(c) ? `coalesce(p.${c}, t.${c})` : `p.${c}`}`).join(", ");
  const match = spec.key.map((k) => `t.${k} = p.${k}`).join(" and ");
  if (arm === "patch")
    return `patched as (update kernel.cases t set version = t.version + 1, ${set} from ${from("kernel", "cases", arm)} p where t.id = p.id and t.version = p.version returning 1)`;
  // a file can be claimed once, and only while nobody has
  const fence = arm === "file_claims" ? " and t.case_id is null" : "";
  return `upd_${arm} as (update ${schema}.${spec.table} t set ${set} from ${from(schema, spec.table, arm)} p where ${match}${fence} returning 1)`;
}

/** Arms in a fixed order; all see the snapshot of the statement's start, none reads what another wrote. */
export const arms: Readonly<Record<string, string>> = {
  // waits for a move or the end of these units that is being made, and keeps others waiting until these rows are there to be seen
  unit_fence: `unit_fence as (select 1 from kernel.units u join ${from("kernel", "units", "unit_fence")} p on p.id = u.id where u.path = p.path and u.successor_id is null for share of u)`,
  ...Object.fromEntries(Object.entries(updates).map(([arm, spec]) => [arm, updateArm(arm, spec)])),
  ...Object.fromEntries(Object.entries(vaultUpdates).map(([arm, spec]) => [arm, updateArm(arm, spec, "vault")])),
  text_gone: `del_text as (delete from kernel.case_text t using ${from("kernel", "case_text", "text_gone")} p where t.case_id = p.case_id returning 1)`,
  claims_gone: `del_claims as (delete from kernel.appointment_claims t using ${from("kernel", "appointment_claims", "claims_gone")} p where t.appointment_id = p.appointment_id returning 1)`,
  topics_gone: `del_topics as (delete from kernel.case_topics t using ${from("kernel", "case_topics", "topics_gone")} p where t.case_id = p.case_id and t.topic_id = p.topic_id returning 1)`,
  audience_gone: `del_audience as (delete from kernel.case_audience a using ${from("kernel", "case_audience", "audience_gone")} p where a.case_id = p.case_id and a.key = p.key returning 1)`,
  ...Object.fromEntries(Object.entries(inserts).map(([t, c]) => [t, insertArm("kernel", t, c)])),
  ...Object.fromEntries(Object.entries(vaultInserts).map(([t, c]) => [t, insertArm("vault", t, c)])),
};

/** What a test compares with the migrated tables. */
export const armColumns = { inserts, vaultInserts, updates, keptColumns };
