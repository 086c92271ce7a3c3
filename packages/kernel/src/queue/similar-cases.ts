import type { similarCase, similarInput } from "@doorstep/contracts";
import type { PoolClient } from "pg";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import type { Kernel } from "../kernel.ts";
import { bigramText } from "./bigrams.ts";
import { queueItemOf } from "./list-cases.ts";
import { itemsOf } from "./search-cases.ts";
import { type Found, findByWords, lookAround } from "./word-search.ts";

const MOST = 5;
/** Only the beginning of a text is looked at: there stands what it is about. */
const TEXT_CHARACTERS = 600;
const TERMS_OF_SUBJECT = 16;
const TERMS_OF_TEXT = 12;
/** The newest petitions with enough of the words are put in order; older ones are not "the same matter again". */
const CANDIDATES = 300;
/** A word of the subject says more than one of the text below it. */
const SUBJECT_WEIGHT = 2;
/** What must be there of all that the words weigh. */
const ENOUGH = 0.25;

interface Term {
  readonly lexeme: string;
  readonly weight: number;
}

/** Words as the index holds them, in the order of the text; a number or a single letter says nothing. */
async function lexemesOf(client: PoolClient, texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { rows } = await client.query<{ n: number; lexeme: string }>({
    name: "similar_lexemes",
    text: `select t.n::int as n, l.lexeme from unnest($1::text[]) with ordinality t(document, n)
      cross join lateral unnest(to_tsvector('english', t.document)) l
      where length(l.lexeme) > 1 and l.lexeme !~ '^[0-9.-]+$' order by t.n, l.positions[1]`,
    values: [texts.map(bigramText)],
  });
  return texts.map((_, at) => rows.filter((r) => r.n === at + 1).map((r) => r.lexeme));
}

/**
 * How much each word tells: what stands in most of the newest petitions this person sees tells nothing. Petitions he
 * may not see have no say in it.
 */
async function weigh(
  client: PoolClient,
  actor: Actor,
  lexemes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const around = await lookAround(client, actor);
  const { rows } = await client.query<{ lexeme: string; cases: number }>({
    name: "similar_weights",
    text: `select l.lexeme, count(x.lexeme)::int as cases from unnest($1::text[]) l(lexeme) left join (
        select unnest(tsvector_to_array(t.tsv)) as lexeme from kernel.case_text t where t.case_id = any ($2::uuid[])) x
        on x.lexeme = l.lexeme group by l.lexeme`,
    values: [lexemes, around],
  });
  return new Map(
    rows
      .filter((r) => around.length < 8 || r.cases * 4 <= around.length)
      // two characters that meet by chance are in no petition, and must not outweigh a word that is in one
      .map((r) => [r.lexeme, Math.log((around.length + 3) / (Math.max(1, r.cases) + 1))]),
  );
}

const quoted = (lexeme: string): string => `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
const anyOf = (lexemes: readonly string[]): string => `(${lexemes.map(quoted).join(" | ")})`;

/** One word of each half must be there: of a subject of four characters that is its first word and its last. */
function candidateQuery(lexemes: readonly string[]): string {
  const half = Math.ceil(lexemes.length / 2);
  return lexemes.length < 2 ? anyOf(lexemes) : `${anyOf(lexemes.slice(0, half))} & ${anyOf(lexemes.slice(half))}`;
}

async function bestOf(
  client: PoolClient,
  found: readonly Found[],
  terms: readonly Term[],
  least: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ case_id: string }>({
    name: "similar_best",
    text: `select t.case_id from kernel.case_text t
        join unnest($2::text[], $3::float8[]) w(lexeme, weight) on t.tsv @@ quote_literal(w.lexeme)::tsquery
       where t.case_id = any ($1::uuid[]) group by t.case_id, t.received having sum(w.weight) >= $4
       order by sum(w.weight) desc, t.received desc, t.case_id desc limit ${MOST}`,
    values: [found.map((f) => f.case_id), terms.map((t) => t.lexeme), terms.map((t) => t.weight), least],
  });
  return rows.map((r) => r.case_id);
}

async function similarTo(client: PoolClient, actor: Actor, title: string, text: string): Promise<readonly string[]> {
  const [subject = [], below = []] = await lexemesOf(client, [title, text.slice(0, TEXT_CHARACTERS)]);
  const weights = await weigh(client, actor, [...new Set([...subject, ...below])]);
  const telling = subject.filter((l) => weights.has(l)).slice(0, TERMS_OF_SUBJECT);
  const more = below
    .filter((l) => weights.has(l) && !telling.includes(l))
    .toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))
    .slice(0, TERMS_OF_TEXT);
  // a subject of nothing but common words leaves the choice to the text
  const asked = telling.length > 0 ? telling : more;
  if (asked.length === 0) return [];
  const terms = [
    ...telling.map((lexeme) => ({ lexeme, weight: SUBJECT_WEIGHT * (weights.get(lexeme) ?? 0) })),
    ...more.map((lexeme) => ({ lexeme, weight: weights.get(lexeme) ?? 0 })),
  ];
  const whole = terms.filter((t) => asked.includes(t.lexeme)).reduce((sum, t) => sum + t.weight, 0);
  const words = { han: candidateQuery(asked), words: "" };
  const found = await findByWords(client, actor, { words, after: null, limit: CANDIDATES });
  return bestOf(client, found, terms, ENOUGH * whole);
}

/**
 * Petitions that may be about the same matter, by what their subject, text and reply say, among those the clerk may
 * see; a person decides [SPEC §6(7)].
 */
export async function similarCases(
  k: Kernel,
  actor: Actor,
  input: z.output<typeof similarInput>,
): Promise<z.output<typeof similarCase>[]> {
  if (input.title.trim().length < 2) return [];
  const rows = await readAs(k, actor, async (client) =>
    itemsOf(client, await similarTo(client, actor, input.title, input.text)),
  );
  return rows.map((row) => {
    const { caseId, caseNo, title, state, receivedAt } = queueItemOf(k, row);
    return { caseId, caseNo, title, state, receivedAt };
  });
}
