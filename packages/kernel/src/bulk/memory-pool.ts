import type { Pool } from "pg";
import { sealedWords } from "../organs/reseal.ts";
import { assignmentAmong } from "../pipeline/assignment.ts";
import type { Batch } from "../pipeline/batch.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { MemoryTables, type Row } from "./memory-tables.ts";

interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}
interface Answer {
  readonly rows: readonly unknown[];
  readonly rowCount: number;
}

const answer = (rows: readonly unknown[]): Answer => ({ rows, rowCount: rows.length });
const byNo = (a: Row, b: Row): number => Number(a.no) - Number(b.no);
/** by a time, then by id, as `load_case` orders */
const byTime = (column: string) => (a: Row, b: Row) =>
  Date.parse(String(a[column])) - Date.parse(String(b[column])) || (String(a.id) < String(b.id) ? -1 : 1);

/** Ids the story of a case asks for; the real database answers the same two questions. */
export const DEMAND_IDS = "select id from kernel.demands where case_id = $1 order by no";
export const LETTER_ID =
  "select id from kernel.notices where case_id = $1 and code = $2 order by created_at desc, id desc limit 1";

const MOST_REFERENCES = 100_000;
const localDay = /^\d{4}-\d{2}-\d{2}$/;

export interface MemoryPool {
  /** stands where a command expects the connection */
  readonly pool: Pool;
  /** the finished rows of the case that was just made */
  take(): ReadonlyMap<string, readonly Row[]>;
  /** last letter numbers by `<unit>:<year>`, those drawn since they were taken */
  takeLetterNumbers(): ReadonlyMap<string, number>;
}

/** Numbers that are given away already. */
export interface NumbersTaken {
  readonly letters: Iterable<readonly [place: string, last: number]>;
  readonly cases: Iterable<string>;
}

/**
 * A connection that keeps the rows of ONE case in memory, so that the real commands can make cases by the million and
 * their rows be copied in. Units, people and topics are read from the database behind it, once each. A question it does
 * not know is an error, never a guess.
 */
export function createMemoryPool(real: Pool, taken: NumbersTaken = { letters: [], cases: [] }): MemoryPool {
  const tables = new MemoryTables(taken.cases);
  const letterNumbers = new Map<string, number>(taken.letters);
  let drawn = new Map<string, number>();
  const references = new Map<string, Promise<Answer>>();

  /** Days on which some grant begins or is over: between two of them the day of a question makes no difference. */
  let turns: Promise<readonly string[]> | undefined;
  const turnsOfGrants = (): Promise<readonly string[]> => {
    turns ??= real
      .query<{ day: string }>(
        `select distinct to_char(day, 'YYYY-MM-DD') as day from kernel.role_grants,
           lateral (values (valid_from), (valid_until + 1)) d(day) where day is not null order by 1`,
      )
      .then(({ rows }) => rows.map((row) => row.day));
    return turns;
  };
  const askedOf = async (query: Query): Promise<unknown> => {
    if (!query.text.includes("kernel.role_grants")) return query.values;
    const days = await turnsOfGrants();
    const past = (value: unknown) => days.filter((day) => day <= String(value)).length;
    return query.values?.map((value) => (typeof value === "string" && localDay.test(value) ? past(value) : value));
  };

  const reference = async (query: Query): Promise<Answer> => {
    const key = `${query.name ?? query.text}\0${JSON.stringify(await askedOf(query))}`;
    const known = references.get(key);
    if (known) return known;
    if (references.size >= MOST_REFERENCES) references.clear();
    const asked = real.query(query as never) as unknown as Promise<Answer>;
    references.set(key, asked);
    return asked;
  };
  const referencePool = { query: (q: Query | string, v?: unknown[]) => reference(queryOf(q, v)) } as unknown as Pool;

  const pathOf = async (unitId: unknown): Promise<readonly string[]> =>
    unitId === null ? [] : ((await unitAndAncestors(referencePool, String(unitId)))[0]?.path ?? []);

  async function loadCase(): Promise<Answer> {
    const c = tables.rows("cases")[0];
    if (!c) return answer([]);
    const [holder, intake, handling, organ] = await Promise.all([
      unitAndAncestors(referencePool, String(c.holder_unit_id)),
      pathOf(c.intake_unit_id),
      pathOf(c.handling_unit_id),
      c.organ_id === null
        ? null
        : reference({ text: "select unit_id from kernel.offices where id = $1", values: [c.organ_id] }),
    ]);
    const part = (table: string) => tables.rows(table);
    return answer([
      {
        c,
        holder_path: holder[0]?.path ?? [],
        intake_path: intake,
        handling_path: handling,
        time_zone: holder[0]?.timeZone,
        reply_approvals: holder.find((u) => u.replyApprovals !== null)?.replyApprovals ?? null,
        organ_unit_id: (organ?.rows[0] as Row | undefined)?.unit_id ?? null,
        demands: part("demands").toSorted(byNo),
        clocks: part("clocks").toSorted(byTime("started_at")),
        notices: part("notices").toSorted(byTime("created_at")),
        respondents: part("respondents").map((r) => ({ kind: r.kind, personId: r.person_id, unitId: r.unit_id })),
        recused: part("recusals")
          .filter((r) => r.state !== "refused")
          .map((r) => r.person_id),
        actors: part("case_actors").map((a) => ({ personId: a.person_id, part: a.part, level: a.level, at: a.at })),
        legs: part("legs").toSorted(byNo),
        never_mediated:
          part("case_topics").length > 0 &&
          (
            await reference({
              text: "select 1 from kernel.topics where never_mediated and id = any ($1)",
              values: [part("case_topics").map((one) => one.topic_id)],
            })
          ).rows.length > 0,
        open_supervision: 0,
        assists: [],
        redactions: [],
        commitments: part("commitments").toSorted(byTime("made_at")),
        assigner_path: await pathOf(assignmentAmong(part("legs").toSorted(byNo) as never[])?.["from_unit_id"] ?? null),
        sender_path: await pathOf(part("legs").toSorted(byNo).at(-1)?.from_unit_id ?? null),
        proposals: part("proposals").filter((p) => p.state === "open"),
        contest: part("contests").toSorted(byTime("requested_at")).at(-1) ?? null,
        links: part("case_links").filter((l) => (l.ended_at ?? null) === null),
        audience: part("case_audience").map((a) => ({ key: a.key, depth: a.depth })),
        report: null,
        duty: null,
        held: false,
        // whoever makes cases in bulk reads the rules once
        rules_stamp: null,
        prior: null,
      },
    ]);
  }

  function nextNumber([unitId, year]: readonly unknown[]): Answer {
    const key = `${unitId}:${year}`;
    const last = (letterNumbers.get(key) ?? 0) + 1;
    letterNumbers.set(key, last);
    drawn.set(key, last);
    return answer([{ last }]);
  }

  /** Questions about the case itself, by a piece of their text. */
  const own: readonly (readonly [RegExp, (values: readonly unknown[]) => Answer])[] = [
    [/^select body, already_tried, desired_outcome from kernel\.cases/, () => answer(tables.rows("cases"))],
    [/as "kernel\.cases",$/m, () => answer([sealedWords((table) => tables.rows(table))])],
    [/^select id, kek, dek, name, case_id is not null as mine from kernel\.files/, () => answer([])],
    [/^select target from kernel\.ratings/, () => answer(tables.rows("ratings"))],
    [
      /^select id, text, requested_at, of_unit_id from kernel\.reviews/,
      () =>
        answer(
          tables
            .rows("reviews")
            .filter((r) => (r.decided_at ?? null) === null)
            .map((r) => ({ ...r, requested_at: new Date(String(r.requested_at)) })),
        ),
    ],
    [/^select id from kernel\.demands/, () => answer(tables.rows("demands").toSorted(byNo))],
    [
      /^select id from kernel\.notices/,
      ([, code]) =>
        answer(
          tables
            .rows("notices")
            .filter((n) => n.code === code)
            .toSorted(byTime("created_at"))
            .toReversed()
            .slice(0, 1),
        ),
    ],
  ];
  const referenceTables =
    /\bfrom kernel\.(units|unit_texts|unit_fonts|fonts|signatures|people|topics|role_grants|offices|kinships)\b/;
  const ownTables =
    /\b(insert|update|delete)\b|\bfrom (kernel\.(?!units|unit_texts|unit_fonts|fonts|signatures|people|topics|role_grants|offices|kinships)|vault\.)\w+/i;

  async function run(query: Query): Promise<Answer> {
    const values = query.values ?? [];
    if (query.name === "load_case") return loadCase();
    if (query.name === "prior_filing") return answer([]);
    if (query.name === "next_notice_number") return nextNumber(values);
    if (query.name?.startsWith("apply_")) {
      tables.apply(values[0] as Batch);
      return answer([]);
    }
    const known = own.find(([text]) => text.test(query.text.trim()));
    if (known) return known[1](values);
    if (referenceTables.test(query.text) && !ownTables.test(query.text)) return reference(query);
    throw new Error(`the memory of one case cannot answer: ${query.text}`);
  }

  /** Each text is asked about once: its answer is not kept. */
  const ask = (query: Query): Promise<Answer> =>
    query.name === "themes_in_text" ? (real.query(query as never) as unknown as Promise<Answer>) : run(query);

  return {
    pool: { query: (q: Query | string, v?: unknown[]) => ask(queryOf(q, v)) } as unknown as Pool,
    take: () => tables.take(),
    takeLetterNumbers() {
      const numbers = drawn;
      drawn = new Map();
      return numbers;
    },
  };
}

const queryOf = (query: Query | string, values?: readonly unknown[]): Query =>
  typeof query === "string" ? { text: query, values: values ?? [] } : query;
