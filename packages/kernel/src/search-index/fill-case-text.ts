import type { State } from "@doorstep/contracts";
import type { Pool, PoolClient } from "pg";
import { COVERED_NOW } from "../pipeline/load-case.ts";
import { covered, coverOf } from "../redaction/cover.ts";
import { inTransaction } from "../transaction.ts";
import { caseDocument } from "./case-document.ts";

/** A reply is found once it was delivered; an old record's as it was taken over. */
export const answeredStates = [
  "replied",
  "review",
  "rereview",
  "final",
  "archived",
] as const satisfies readonly State[];
const ANSWERED = `c.imported or c.status in (${answeredStates.map((state) => `'${state}'`).join(", ")})`;

interface Row {
  readonly id: string;
  readonly confidentiality: number;
  readonly title: string;
  readonly body: string;
  /** nobody finds a case by what is covered in it */
  readonly covered: readonly string[];
  readonly demands: readonly { readonly text: string; readonly answer: string }[];
}

/** Cases that nobody is writing just now, held until the end of the transaction; the others are asked for again. */
async function hold(client: PoolClient, caseIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: "case_text_hold",
    text: "select id from kernel.cases where id = any ($1::uuid[]) order by id for share skip locked",
    values: [caseIds],
  });
  return rows.map((r) => r.id);
}

async function write(client: PoolClient, held: readonly string[]): Promise<void> {
  const { rows } = await client.query<Row>({
    name: "case_text_sources",
    text: `select c.id, c.confidentiality, c.title, c.body,
        array(select x.words from kernel.redactions x where x.case_id = c.id and ${COVERED_NOW}) as covered,
        (select coalesce(jsonb_agg(jsonb_build_object('text', concat_ws(' ', d.text, d.desired_outcome),
            'answer', case when ${ANSWERED} then concat_ws(' ', d.facts, d.opinion, d.basis, d.steps) else '' end) order by d.no), '[]')
           from kernel.demands d where d.case_id = c.id) as demands
      from kernel.cases c where c.id = any ($1::uuid[])`,
    values: [held],
  });
  const open = rows.filter((r) => r.confidentiality < 3);
  const secret = rows.filter((r) => r.confidentiality === 3).map((r) => r.id);
  // an accusation is in no index, also not one that turned out to be an accusation
  if (secret.length > 0) await client.query("delete from kernel.case_text where case_id = any ($1::uuid[])", [secret]);
  if (open.length === 0) return;
  await client.query({
    name: "case_text_write",
    text: `insert into kernel.case_text (case_id, aud, conf, received, tsv)
      select c.id, (select coalesce(array_agg(a.key), '{}') from kernel.case_audience a where a.case_id = c.id),
          c.confidentiality, c.received_at, to_tsvector('english', d.document)
        from unnest($1::uuid[], $2::text[]) d(id, document) join kernel.cases c on c.id = d.id where c.confidentiality < 3
      on conflict (case_id) do update set aud = excluded.aud, conf = excluded.conf, received = excluded.received, tsv = excluded.tsv`,
    values: [open.map((r) => r.id), open.map((r) => caseDocument(covered(r, coverOf(r.covered))))],
  });
}

const TRIES = 40;
const PATIENCE_MS = 50;

/**
 * Writes what can be searched of these cases, and for whom, as the cases stand now. A case that is being changed is
 * waited for without holding anybody up.
 */
export async function fillCaseText(pool: Pool, caseIds: readonly string[]): Promise<void> {
  let left: readonly string[] = [...new Set(caseIds)];
  for (let n = 0; left.length > 0; n++) {
    const wanted = left;
    const held = await inTransaction(pool, async (client) => {
      const ids = await hold(client, wanted);
      if (ids.length > 0) await write(client, ids);
      return new Set(ids);
    });
    const missed = wanted.filter((id) => !held.has(id));
    if (missed.length === 0) return;
    const { rows } = await pool.query<{ id: string }>("select id from kernel.cases where id = any ($1::uuid[])", [
      missed,
    ]);
    left = rows.map((r) => r.id);
    if (left.length > 0 && n === TRIES) throw new Error("cases stay locked");
    if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }
}
