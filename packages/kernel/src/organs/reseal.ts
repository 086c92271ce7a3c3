import type { ClientBase } from "pg";
import { places } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { protectFacts, revealFacts, type Shelter } from "../notices/notice-row.ts";
import type { Batch } from "../pipeline/batch.ts";
import type { KeyPair } from "../rotation/rekey-step.ts";
import type { Keys } from "../vault/keys.ts";
import { protectText, revealText } from "../vault/protected-text.ts";

// biome-ignore lint/suspicious/noExplicitAny: rows of several tables, as jsonb gives them.
type Row = Record<string, any>;
type Place = (row: Row) => string;

interface Words {
  readonly table: string;
  readonly arm: Extract<keyof Batch, `sealed_${string}`>;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Place>>;
  /** letters: what is drawn of them */
  readonly hasFacts?: true;
}

const fieldsOf = (place: (id: string, field: string) => string, fields: readonly string[]): Words["columns"] =>
  Object.fromEntries(fields.map((field) => [field, (r: Row) => place(r.id, field)]));

/** Every column of a case that holds words of people, each with the place it is sealed at. */
const words: readonly Words[] = [
  {
    table: "kernel.demands",
    arm: "sealed_demands",
    key: ["id"],
    columns: fieldsOf(places.demand, ["text", "desired_outcome", "facts", "opinion", "basis", "steps"]),
  },
  { table: "kernel.messages", arm: "sealed_messages", key: ["id"], columns: { text: (r) => places.message(r.id) } },
  {
    table: "kernel.reviews",
    arm: "sealed_reviews",
    key: ["id"],
    columns: {
      ...fieldsOf(places.review, ["text", "facts", "opinion", "basis"]),
      late_because: (r) => places.review(r.id, "late"),
    },
  },
  {
    table: "kernel.proposals",
    arm: "sealed_proposals",
    key: ["id"],
    columns: { input: (r) => places.proposal(r.id, "input"), reason: (r) => places.proposal(r.id, "reason") },
  },
  {
    table: "kernel.contests",
    arm: "sealed_contests",
    key: ["id"],
    columns: { text: (r) => places.contest(r.id, "text"), reasons: (r) => places.contest(r.id, "reasons") },
  },
  {
    table: "kernel.commitments",
    arm: "sealed_commitments",
    key: ["id"],
    columns: fieldsOf(places.commitment as never, ["text", "owner", "evidence", "missing", "asked_because", "reason"]),
  },
  {
    table: "kernel.withdrawals",
    arm: "sealed_withdrawals",
    key: ["id"],
    columns: { text: (r) => places.withdrawal(r.id, "text"), reason: (r) => places.withdrawal(r.id, "reason") },
  },
  {
    table: "kernel.assists",
    arm: "sealed_assists",
    key: ["id"],
    columns: fieldsOf(places.assist as never, ["question", "report", "reason"]),
  },
  {
    table: "kernel.legs",
    arm: "sealed_legs",
    key: ["id"],
    columns: {
      reason: (r) => places.leg(r.id, "reason"),
      objection: (r) => places.leg(r.id, "objection"),
      answer: (r) => places.leg(r.id, "answer"),
    },
  },
  {
    table: "kernel.respondents",
    arm: "sealed_respondents",
    key: ["id"],
    columns: { label: (r) => places.respondent(r.id) },
  },
  {
    table: "kernel.recusals",
    arm: "sealed_recusals",
    key: ["person_id", "case_id"],
    columns: { reason: (r) => places.recusal(r.case_id, r.person_id) },
  },
  {
    table: "kernel.ratings",
    arm: "sealed_ratings",
    key: ["case_id", "target"],
    columns: { comment: (r) => places.rating(r.case_id) },
  },
  {
    table: "kernel.notices",
    arm: "sealed_notices",
    key: ["id"],
    columns: { proof: (r) => places.notice(r.id, "proof"), sent_back_reason: (r) => places.notice(r.id, "sentBack") },
    hasFacts: true,
  },
  {
    table: "kernel.unit_letters",
    arm: "sealed_unit_letters",
    key: ["id"],
    columns: { sent_back_reason: (r) => places.unitLetter(r.id) },
    hasFacts: true,
  },
  {
    table: "kernel.supervision_items",
    arm: "sealed_supervision",
    key: ["id"],
    columns: { answer: (r) => places.supervision(r.id, "answer"), result: (r) => places.supervision(r.id, "result") },
  },
  {
    table: "kernel.explanations",
    arm: "sealed_explanations",
    key: ["id"],
    columns: { answer: (r) => places.explanation(r.id) },
  },
  { table: "kernel.accesses", arm: "sealed_accesses", key: ["id"], columns: { reason: (r) => places.access(r.id) } },
  {
    table: "kernel.redactions",
    arm: "sealed_redactions",
    key: ["id"],
    columns: { words: (r) => places.redaction(r.id) },
  },
  {
    table: "kernel.case_data",
    arm: "sealed_case_data",
    key: ["id"],
    columns: { data: (r) => places.caseData(r.id) },
  },
  {
    table: "kernel.consents",
    arm: "sealed_consents",
    key: ["id"],
    columns: { words: (r) => places.consent(r.id) },
  },
  {
    table: "kernel.appointments",
    arm: "sealed_appointments",
    key: ["id"],
    columns: { place: (r) => places.appointment(r.id) },
  },
  {
    table: "kernel.tasks",
    arm: "sealed_tasks",
    key: ["id"],
    columns: { text: (r) => places.task(r.id, "text"), result: (r) => places.task(r.id, "result") },
  },
  {
    table: "kernel.duty_pages",
    arm: "sealed_duty",
    key: ["case_id"],
    columns: { report: (r) => places.duty(r.case_id) },
  },
  {
    table: "vault.requests",
    arm: "sealed_requests",
    key: ["id"],
    columns: fieldsOf(places.request as never, ["reason", "message", "decision", "second"]),
  },
  {
    table: "vault.openings",
    arm: "sealed_openings",
    key: ["id"],
    columns: { purpose: (r) => places.opening(r.id) },
  },
];

/** Empties every word of a case that people wrote; numbers, dates and hashes of its letters stay. */
export async function blankWords(client: Pick<ClientBase, "query">, caseId: string): Promise<void> {
  for (const { table, columns, hasFacts } of words) {
    const emptied = Object.keys(columns).map((column) => `${column} = case when ${column} is not null then '' end`);
    if (hasFacts) emptied.push("facts = '{}'");
    await client.query(`update ${table} set ${emptied.join(", ")} where case_id = $1`, [caseId]);
  }
  await client.query(
    `update kernel.cases set ${CASE_FIELDS.map((field) => `${field} = ''`).join(", ")} where id = $1`,
    [caseId],
  );
}

const CASE_FIELDS = ["title", "body", "already_tried", "desired_outcome"] as const;

const columnsOf = (w: Words): readonly string[] => [
  ...w.key,
  ...Object.keys(w.columns),
  ...(w.hasFacts ? ["facts"] : []),
];

/** One trip; named, so that whoever keeps a case elsewhere can answer it. */
export const SEALED_WORDS = {
  name: "sealed_words",
  text: `select ${[
    ["kernel.cases", ["id", ...CASE_FIELDS], "id"] as const,
    ...words.map((w) => [w.table, columnsOf(w), "case_id"] as const),
  ]
    .map(
      ([table, columns, key]) =>
        `(select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (select ${columns.join(", ")} from ${table} where ${key} = $1) x) as "${table}"`,
    )
    .join(",\n  ")}`,
} as const;

/** Whether every sealed word of an organ's case opens with these keys. */
export async function opensWords(
  client: Pick<ClientBase, "query">,
  keys: Keys,
  c: { readonly id: string; readonly organId: string },
): Promise<boolean> {
  const here: Shelter = { keys, organId: c.organId };
  const { rows } = await client.query<Record<string, readonly Row[]>>(SEALED_WORDS.text, [c.id]);
  const found = rows[0] ?? {};
  try {
    ownOf({ from: here, to: here }, c.id, found["kernel.cases"]?.[0] ?? {});
    for (const w of words) for (const row of found[w.table] ?? []) ofRow({ from: here, to: here }, w, row);
    return true;
  } catch {
    return false;
  }
}

/** Every text of a case as people wrote it, letters among them; what marks its words is no text of it. */
export async function wordsOfCase(
  k: Pick<Kernel, "pool" | "keys">,
  c: { readonly id: string; readonly organId: string | null },
): Promise<readonly string[]> {
  const here: Shelter = { keys: k.keys, organId: c.organId };
  const { rows } = await k.pool.query<Record<string, readonly Row[]>>({ ...SEALED_WORDS, values: [c.id] });
  const found = rows[0] ?? {};
  const said = (place: string, stored: unknown): readonly string[] =>
    typeof stored === "string" && stored !== "" ? [revealText(k.keys, c.organId, place, stored)] : [];
  const [own] = found["kernel.cases"] ?? [];
  return [
    ...CASE_FIELDS.flatMap((field) => said(places.case(c.id, field), own?.[field])),
    ...words
      .filter((w) => w.table !== "kernel.redactions")
      .flatMap((w) =>
        (found[w.table] ?? []).flatMap((row) => [
          ...Object.entries(w.columns).flatMap(([column, place]) => said(place(row), row[column])),
          ...(w.hasFacts ? [JSON.stringify(revealFacts(here, row.id, row.facts ?? {}))] : []),
        ]),
      ),
  ];
}

/** Under which key a case's words lie, and under which they are to lie: nobody's organ means plain. */
export interface KeyChange {
  readonly caseId: string;
  readonly from: string | null;
  readonly to: string;
}

interface Move {
  readonly from: Shelter;
  readonly to: Shelter;
}

const moveOf = (keys: Keys, { from, to }: KeyChange): Move => ({
  from: { keys, organId: from },
  to: { keys, organId: to },
});

const change = ({ from, to }: Move, place: string, stored: unknown): unknown =>
  typeof stored === "string" && stored !== ""
    ? protectText(to.keys, to.organId, place, revealText(from.keys, from.organId, place, stored))
    : stored;

const ownOf = (move: Move, caseId: string, own: Row): Readonly<Record<(typeof CASE_FIELDS)[number], string>> =>
  Object.fromEntries(CASE_FIELDS.map((f) => [f, change(move, places.case(caseId, f), own[f])])) as never;

/** Every word of an organ's case under the organ's key of another master key. */
export async function rekeyWords(
  client: Pick<ClientBase, "query">,
  keys: KeyPair,
  c: { readonly id: string; readonly organId: string },
): Promise<void> {
  const move: Move = {
    from: { keys: keys.from, organId: c.organId },
    to: { keys: keys.to, organId: c.organId },
  };
  const { rows } = await client.query<Record<string, readonly Row[]>>(SEALED_WORDS.text, [c.id]);
  const found = rows[0] ?? {};
  const own = ownOf(move, c.id, found["kernel.cases"]?.[0] ?? {});
  const set = (columns: readonly string[]): string => columns.map((column, n) => `${column} = $${n + 1}`).join(", ");
  await client.query(`update kernel.cases set ${set(CASE_FIELDS)} where id = $${CASE_FIELDS.length + 1}`, [
    ...CASE_FIELDS.map((field) => own[field]),
    c.id,
  ]);
  for (const w of words)
    for (const row of found[w.table] ?? []) {
      const changed = ofRow(move, w, row);
      const columns = Object.keys(changed).filter((column) => !w.key.includes(column));
      const which = w.key.map((column, n) => `${column} = $${columns.length + n + 1}`).join(" and ");
      await client.query(`update ${w.table} set ${set(columns)} where ${which}`, [
        ...columns.map((column) => changed[column]),
        ...w.key.map((column) => row[column]),
      ]);
    }
}

/** All words of the case, under the new key, as arms of the statement that changes its organ. */
export async function resealed(
  k: { readonly pool: { query(q: object): Promise<{ rows: unknown[] }> }; readonly keys: Keys },
  to: KeyChange,
): Promise<{ readonly own: Readonly<Record<(typeof CASE_FIELDS)[number], string>>; readonly batch: Batch }> {
  const { rows } = await k.pool.query({ ...SEALED_WORDS, values: [to.caseId] });
  const found = (rows[0] ?? {}) as Record<string, readonly Row[]>;
  const [own] = found["kernel.cases"] ?? [];
  if (!own) throw new Error("the case whose key changes is gone");
  const move = moveOf(k.keys, to);
  const batch = Object.fromEntries(words.map((w) => [w.arm, (found[w.table] ?? []).map((row) => ofRow(move, w, row))]));
  return {
    own: ownOf(move, to.caseId, own),
    batch: { ...batch, text_gone: [{ case_id: to.caseId }] },
  };
}

function ofRow(move: Move, w: Words, row: Row): Row {
  const changed = Object.fromEntries(
    Object.entries(w.columns).map(([column, place]) => [column, change(move, place(row), row[column])]),
  );
  const facts = w.hasFacts && {
    facts: protectFacts(move.to, row.id, revealFacts(move.from, row.id, row.facts ?? {})),
  };
  return { ...Object.fromEntries(w.key.map((key) => [key, row[key]])), ...changed, ...facts };
}

/** Arms that change the same rows: the statement would keep one change of the two. */
const rivals: readonly (keyof Batch)[] = [
  "demand_patch",
  "notice_patch",
  "review_patch",
  "proposal_patch",
  "contest_patch",
  "rating_patch",
  "leg_patch",
  "assist_patch",
  "recusal_patch",
  "request_patch",
  "duty_patch",
  "access_patch",
  "case_data_patch",
  "consent_patch",
  "task_patch",
];

interface Out {
  readonly person_id: string;
  readonly reason: string;
}

/**
 * Somebody stood out already and is found once more: his one row is written once, with his words under the new key. A
 * demand that the act itself writes anew is written by it alone.
 */
function withoutRivals(batch: Batch, sealed: Batch): Batch {
  const found = (batch.recusals ?? []) as readonly Out[];
  const moved = ((batch.demand_moves ?? []) as readonly { readonly id: string }[]).map((d) => d.id);
  const before = (sealed.sealed_recusals ?? []) as readonly Out[];
  const wordsOf = (one: Out): string => before.find((b) => b.person_id === one.person_id)?.reason ?? "";
  return {
    ...sealed,
    sealed_demands: (sealed.sealed_demands as readonly { readonly id: string }[]).filter((d) => !moved.includes(d.id)),
    recusals: found.map((one) => ({ ...one, reason: one.reason || wordsOf(one) })),
    sealed_recusals: before.filter((b) => !found.some((one) => one.person_id === b.person_id)),
  };
}

/**
 * Adds to what an act writes that everything written before lies under the organ's key, too: what was said while a
 * petition was still an ordinary one, or lay with another organ.
 */
export async function underNewKey(
  k: Pick<Kernel, "pool" | "keys">,
  c: { readonly id: string; readonly organId: string | null; readonly formerOrganId: string | null },
  batch: Batch,
): Promise<Batch> {
  if (c.organId === null || c.organId === c.formerOrganId) return batch;
  const rival = rivals.find((arm) => (batch[arm]?.length ?? 0) > 0);
  if (rival) throw new Error(`an act that changes the key of a case cannot also write ${rival}`);
  const sealed = await resealed(k as never, { caseId: c.id, from: c.formerOrganId, to: c.organId });
  return {
    ...batch,
    ...withoutRivals(batch, sealed.batch),
    patch: (batch.patch ?? []).map((row) => ({ ...row, ...sealed.own })),
  };
}

/** The answer to `SEALED_WORDS` where a case is kept in memory. */
export const sealedWords = (rowsOf: (table: string) => readonly Row[]): Row =>
  Object.fromEntries(
    ["kernel.cases", ...words.map((w) => w.table)].map((table) => [table, rowsOf(table.replace(/^\w+\./, ""))]),
  );
