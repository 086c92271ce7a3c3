import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import { branchesOf, notRecused, Parameters, reachedRow, visibleRow } from "../audience/visible.ts";
import type { TextQuery } from "./bigrams.ts";

/** A case that was found, with what pages are cut by. */
export interface Found {
  readonly case_id: string;
  readonly received: Date;
}

export interface WordSearch {
  readonly words: TextQuery;
  /** the last case of the page before */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

export interface Spread {
  /** how far back the walk goes before it gives up, in cases of one key */
  readonly reach: number;
  /** one of so many of them is looked at to choose a way */
  readonly every: number;
}
const SPREAD: Spread = { reach: 2_048, every: 32 };

const queryOf = (p: Parameters, { words }: WordSearch): string =>
  `(${p.add(words.han)}::tsquery && plainto_tsquery('english', ${p.add(words.words)}))`;

const afterOf = (p: Parameters, { after }: WordSearch, row: string): string =>
  after === null
    ? ""
    : ` and (${row}.received, ${row}.case_id) < (${p.add(after[0])}::timestamptz, ${p.add(after[1])}::uuid)`;

/** Whether the case has the words, said so that it is asked row by row in the order of the walk. */
const hasWords = (row: string, query: string): string =>
  `(select t.tsv @@ ${query} from kernel.case_text t where t.case_id = ${row}.case_id)`;

interface Sample {
  /** how many of the cases looked at have the words */
  readonly hits: number;
  /** the place in time before which no key has more than `reach` cases; none where all end sooner */
  readonly edge: readonly [Date, string] | null;
}

/**
 * Looks at some of the newest cases this person sees, evenly, as far as the walk would go. Nothing else goes into the
 * choice: what he may not see changes neither what he finds nor how long it takes.
 */
export async function sampleOf(
  client: PoolClient,
  actor: Actor,
  search: WordSearch,
  { reach, every }: Spread = SPREAD,
): Promise<Sample> {
  const p = new Parameters();
  const me = p.add(actor.personId);
  const query = queryOf(p, search);
  const branches = branchesOf(actor).map(
    (b) => `select s.n::int as n, s.received, s.case_id, ${hasWords("s", query)} and ${notRecused("s", me)} as hit
      from (select row_number() over () as n, z.received, z.case_id from (
        select a.received, a.case_id from kernel.case_audience a where ${reachedRow(p, b)}${afterOf(p, search, "a")}
         order by a.received desc, a.case_id desc limit ${reach}) z) s
     where s.n % ${every} = 0`,
  );
  const { rows } = await client.query<{ n: number; received: Date; case_id: string; hit: boolean | null }>(
    branches.join(" union all "),
    p.values,
  );
  const edges = rows.filter((r) => r.n === reach).map((r) => [r.received, r.case_id] as const);
  return { hits: rows.filter((r) => r.hit).length, edge: edges.reduce<Sample["edge"]>(later, null) };
}

/** The newest cases this person sees, and some of the older ones, evenly, as far as a walk would go. */
export async function lookAround(
  client: PoolClient,
  actor: Actor,
  { reach, every }: Spread = SPREAD,
): Promise<readonly string[]> {
  const p = new Parameters();
  const me = p.add(actor.personId);
  const branches = branchesOf(actor).map(
    (b) => `select s.case_id from (select row_number() over () as n, z.case_id from (
        select a.case_id from kernel.case_audience a where ${reachedRow(p, b)}
         order by a.received desc, a.case_id desc limit ${reach}) z) s
     where (s.n <= ${every} or s.n % ${every} = 0) and ${notRecused("s", me)}`,
  );
  if (branches.length === 0) return [];
  const { rows } = await client.query<{ case_id: string }>(branches.join(" union "), p.values);
  return rows.map((r) => r.case_id);
}

function later(a: Sample["edge"], b: Sample["edge"]): Sample["edge"] {
  if (a === null || b === null) return a ?? b;
  const [at, of] = [a[0].getTime(), b[0].getTime()];
  return at > of || (at === of && a[1] > b[1]) ? a : b;
}

/** Common words: the newest cases he sees are walked and each is asked for the words, no farther back than the edge. */
export async function walk(
  client: PoolClient,
  actor: Actor,
  search: WordSearch,
  edge: Sample["edge"],
): Promise<readonly Found[]> {
  const p = new Parameters();
  const me = p.add(actor.personId);
  const query = queryOf(p, search);
  const limit = p.add(search.limit);
  const bound = edge ? ` and (a.received, a.case_id) >= (${p.add(edge[0])}::timestamptz, ${p.add(edge[1])}::uuid)` : "";
  const branches = branchesOf(actor).map(
    (b) => `(select a.received, a.case_id from kernel.case_audience a
      where ${visibleRow(p, b, me)}${afterOf(p, search, "a")}${bound} and ${hasWords("a", query)}
      order by a.received desc, a.case_id desc limit ${limit})`,
  );
  const { rows } = await client.query<Found>(
    `select distinct on (received, case_id) received, case_id from (${branches.join(" union all ")}) u
      order by received desc, case_id desc limit ${limit}`,
    p.values,
  );
  return rows;
}

/** Rare words: the index gives the hits, the newest of them are asked for whether he sees them until the page is full. */
export async function hitsFirst(client: PoolClient, actor: Actor, search: WordSearch): Promise<readonly Found[]> {
  const p = new Parameters();
  const me = p.add(actor.personId);
  const query = queryOf(p, search);
  const keys = p.add(actor.reach.map((r) => r.key));
  const highest = Math.max(...actor.reach.map((r) => r.ceiling));
  const seen = branchesOf(actor).map(
    (b) => `(select true from kernel.case_audience a where a.case_id = h.case_id and ${visibleRow(p, b, me)} limit 1)`,
  );
  // materialized: with an order and a limit the planner would walk the newest rows of everybody and test each
  const { rows } = await client.query<Found>(
    `with found as materialized (select t.case_id, t.received from kernel.case_text t
        where t.aud && ${keys}::uuid[] and t.tsv @@ ${query} and t.conf <= ${highest}${afterOf(p, search, "t")})
      select h.received, h.case_id from (select * from found order by received desc, case_id desc offset 0) h
       where ${seen.join(" or ")} limit ${p.add(search.limit)}`,
    p.values,
  );
  return rows;
}

/** The newest cases with the words among those this person sees; both ways give the same. */
export async function findByWords(
  client: PoolClient,
  actor: Actor,
  search: WordSearch,
  spread: Spread = SPREAD,
): Promise<readonly Found[]> {
  if (actor.reach.length === 0) return [];
  const { hits, edge } = await sampleOf(client, actor, search, spread);
  if (hits > 1 && hits * spread.every >= search.limit) {
    const found = await walk(client, actor, search, edge);
    if (found.length === search.limit || edge === null) return found;
  }
  return hitsFirst(client, actor, search);
}
