import type { ClientBase } from "pg";
import { caseDocument } from "./case-document.ts";
import { answeredStates } from "./fill-case-text.ts";

type Row = Readonly<Record<string, unknown>>;

/** What can be searched of a case, and for whom, made from its rows before they are in the database. */
export interface CaseTextRow {
  readonly caseId: string;
  readonly audience: readonly string[];
  readonly confidentiality: number;
  readonly received: string;
  readonly document: string;
}

/** As `concat_ws` joins. */
const joined = (...parts: readonly unknown[]): string =>
  parts.filter((part) => part !== null && part !== undefined).join(" ");

/** Nothing for an accusation, which is in no index. */
export function caseTextOf(tables: ReadonlyMap<string, readonly Row[]>): CaseTextRow | undefined {
  const c = tables.get("cases")?.[0];
  if (!c || c.confidentiality === 3) return undefined;
  const isAnswered = c.imported === true || (answeredStates as readonly unknown[]).includes(c.status);
  const demands = (tables.get("demands") ?? []).toSorted((a, b) => Number(a.no) - Number(b.no));
  return {
    caseId: String(c.id),
    audience: (tables.get("case_audience") ?? []).map((row) => String(row.key)),
    confidentiality: Number(c.confidentiality),
    received: String(c.received_at),
    document: caseDocument({
      title: String(c.title),
      body: String(c.body),
      demands: demands.map((d) => ({
        text: joined(d.text, d.desired_outcome),
        answer: isAnswered ? joined(d.facts, d.opinion, d.basis, d.steps) : "",
      })),
    }),
  };
}

/** For cases that no one can be writing yet: they come in by the same transaction. */
export const copyCaseTexts = (client: ClientBase, rows: readonly CaseTextRow[]): Promise<unknown> =>
  client.query({
    name: "copy_case_texts",
    text: `insert into kernel.case_text (case_id, aud, conf, received, tsv)
      select id, aud::uuid[], conf, received, to_tsvector('english', document)
        from unnest($1::uuid[], $2::text[], $3::smallint[], $4::timestamptz[], $5::text[]) t(id, aud, conf, received, document)`,
    values: [
      rows.map((row) => row.caseId),
      rows.map((row) => `{${row.audience.join(",")}}`),
      rows.map((row) => row.confidentiality),
      rows.map((row) => row.received),
      rows.map((row) => row.document),
    ],
  });
