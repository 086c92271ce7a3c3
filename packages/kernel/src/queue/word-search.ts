import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import { branchesOf, Parameters, visibleRow } from "../audience/visible.ts";
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

/** How many of the newest cases of each key are looked at to choose a way. */
const SAMPLE = 64;
/** How far back the walk goes before it gives up. */
const REACH = 2_048;

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
  /** how many the sample holds */
  readonly looked: number;
  readonly hits: number;
  /** the place in time before which no branch has more than `REACH` cases; none where all end sooner */
  readonly edge: readonly [Date, string] | null;
}

/**
 * The newest of what this person sees, and how many of them have the words. Nothing else goes into the choice: what he
 * may not see changes neither what he finds nor how long it takes.
 */
async function sampleOf(client: PoolClient, actor: Actor, search: WordSearch): Promise<Sample> {
  const p = new Parameters();
  const me = p.add(actor.personId);
  const query = queryOf(p, search);
  const newest = "order by a.received desc, a.case_id desc";
  const branches = branchesOf(actor).map((b) => {
    const row = `from kernel.case_audience a where ${visibleRow(p, b, me)}${afterOf(p, search, "a")} ${newest}`;
    const edge = `from kernel.case_audience a where a.key = ${p.add(b.key)}${afterOf(p, search, "a")} ${newest} offset ${REACH - 1} limit 1`;
    return `select (select array[count(*), count(*) filter (where ${hasWords("s", query)})]::int[]
        from (select a.case_id ${row} limit ${SAMPLE}) s) as counted, e.received, e.case_id
      from (select 1) one left join lateral (select a.received, a.case_id ${edge}) e on true`;
  });
  const { rows } = await client.query<{ counted: [number, number]; received: Date | null; case_id: string | null }>(
    branches.join(" union all "),
    p.values,
  );
  return rows.reduce<Sample>(
    (all, r) => ({
      looked: all.looked + r.counted[0],
      hits: all.hits + r.counted[1],
      edge: later(all.edge, r.received && r.case_id ? [r.received, r.case_id] : null),
    }),
    { looked: 0, hits: 0, edge: null },
  );
}

function later(a: Sample["edge"], b: Sample["edge"]): Sample["edge"] {
  if (a === null || b === null) return a ?? b;
  const [at, of] = [a[0].getTime(), b[0].getTime()];
  return at > of || (at === of && a[1] > b[1]) ? a : b;
}

/** Common words: the newest cases he sees are walked and each is asked for the words, no farther back than the edge. */
async function walk(
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
async function hitsFirst(client: PoolClient, actor: Actor, search: WordSearch): Promise<readonly Found[]> {
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

export const searchWays = { walk, hitsFirst, sampleOf };

/** The newest cases with the words among those this person sees; both ways give the same. */
export async function findByWords(client: PoolClient, actor: Actor, search: WordSearch): Promise<readonly Found[]> {
  if (actor.reach.length === 0) return [];
  const sample = await sampleOf(client, actor, search);
  // twice the cases the page is likely to need lie within reach
  if (sample.hits * REACH >= 2 * search.limit * sample.looked && sample.hits > 0) {
    const found = await walk(client, actor, search, sample.edge);
    if (found.length === search.limit || sample.edge === null) return found;
  }
  return hitsFirst(client, actor, search);
}
