import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import { branchesOf, notRecused, Parameters, REACHED, reachedRow, reachRows } from "../audience/visible.ts";
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
const SPREAD: Spread = { reach: 1_024, every: 16 };

/** What every part of a search refers to: the ways he sees by, the words, where the page begins, how long it is. */
interface Asked {
  readonly me: string;
  readonly reach: string;
  readonly keys: string;
  readonly query: string;
  readonly limit: string;
  readonly after: (row: string) => string;
  readonly spread: Spread;
}

function ask(p: Parameters, actor: Actor, { words, after, limit }: WordSearch, spread: Spread): Asked {
  const { rows: reach, keys } = reachRows(p, actor);
  const [at, id] = after === null ? [] : [p.add(after[0]), p.add(after[1])];
  return {
    me: p.add(actor.personId),
    reach,
    keys,
    // a sub-select, so that it is put together once and not for every row
    query: `(select ${p.add(words.han)}::tsquery && plainto_tsquery('english', ${p.add(words.words)}))`,
    limit: `${p.add(limit)}::int`,
    after: (row) => (at ? ` and (${row}.received, ${row}.case_id) < (${at}::timestamptz, ${id}::uuid)` : ""),
    spread,
  };
}

const NEWEST = "received desc, case_id desc";

/** Whether the case has the words, said so that it is asked row by row in the order of the walk. */
const hasWords = (row: string, query: string): string =>
  `(select t.tsv @@ ${query} from kernel.case_text t where t.case_id = ${row}.case_id)`;

/**
 * Some of the newest cases this person sees, evenly, as far as the walk would go. Nothing else goes into the choice of
 * the way: what he may not see changes neither what he finds nor how long it takes.
 */
const sampleSql = ({ me, reach, query, after, spread }: Asked): string =>
  `select z.n::int as n, z.received, z.case_id, ${hasWords("z", query)} and ${notRecused("z", me)} as hit
    from ${reach} cross join lateral (
      select row_number() over () as n, y.received, y.case_id from (
        select a.received, a.case_id from kernel.case_audience a where ${REACHED}${after("a")}
         order by a.received desc, a.case_id desc limit ${spread.reach}) y offset 0) z
   where z.n % ${spread.every} = 0`;

/**
 * How many pages a walk must promise before it is begun: one that finds too little is paid for besides the index. Held
 * at a million cases by `pnpm bench` (a word in few, a word in many).
 */
const PROMISED = 1.5;

/** Whether it is walked, and the place in time before which no key has more than `reach` cases, of the rows `sample`. */
const choiceSql = ({ limit, spread }: Asked): string =>
  `select h.hits > 1 and h.hits * ${spread.every} >= ${limit} * ${PROMISED} as walks, h.hits, e.received, e.case_id
    from (select count(*) filter (where hit)::int as hits from sample) h
      left join (select received, case_id from sample where n = ${spread.reach} order by ${NEWEST} limit 1) e on true`;

/** Common words: the newest cases he sees are walked and each is asked for the words, no farther back than the edge. */
const walkSql = ({ me, reach, query, limit, after }: Asked, bound: string): string =>
  `select distinct on (received, case_id) received, case_id from (
      select x.received, x.case_id from ${reach} cross join lateral (
        select a.received, a.case_id from kernel.case_audience a
         where ${REACHED} and ${notRecused("a", me)}${after("a")}${bound} and ${hasWords("a", query)}
         order by a.received desc, a.case_id desc limit ${limit}) x) u
    order by ${NEWEST} limit ${limit}`;

/**
 * Rare words: the index gives the hits, the newest of them are asked for whether he sees them until the page is full.
 * `found` and the order stand for themselves: with a limit the planner would walk the newest rows of everybody.
 */
const hitsSql = ({ me, reach, keys, query, limit, after }: Asked, when: string): string =>
  `select h.received, h.case_id from (
      with found as materialized (select t.case_id, t.received from kernel.case_text t
        where ${when}t.aud && ${keys} and t.tsv @@ ${query} and t.conf <= (select max(s.ceiling) from ${reach})${after("t")})
      select * from found order by ${NEWEST} offset 0) h
    where (select true from ${reach} cross join lateral (
        select true from kernel.case_audience a where a.case_id = h.case_id and ${REACHED} offset 0) v limit 1)
      and ${notRecused("h", me)}
    limit ${limit}`;

/** The edge as a bound of the walk; where all keys end sooner there is none. */
const withinEdge = ` and (a.received, a.case_id) >= (
    (select coalesce(c.received, '-infinity') from choice c), (select coalesce(c.case_id, '00000000-0000-0000-0000-000000000000') from choice c))`;

const AGED = "select max(f.received) from kernel.case_text f where not f.fresh";
/** Of the texts that have an index of their own, those newer than all others: a page full of them needs no more. */
const isFresh = `t.fresh and t.received > coalesce((${AGED}), '-infinity') and `;

/**
 * Everything in one statement, so that the choice costs no round trip: a way that was not chosen is not begun, as what
 * it hangs on is asked once, before it. What a walk up to its edge did not find goes to the small index of the newest
 * texts, and what does not fill a page there to the index of all.
 */
function foundSql(asked: Asked): string {
  const { limit } = asked;
  return `with sample as materialized (${sampleSql(asked)}),
    choice as materialized (${choiceSql(asked)}),
    walked as materialized (${walkSql(asked, `${withinEdge} and (select c.walks from choice c)`)}),
    short as materialized (select not c.walks or (c.case_id is not null and (select count(*) from walked) < ${limit}) as any from choice c),
    newest as materialized (${hitsSql(asked, `(select s.any from short s) and ${isFresh}`)}),
    missed as materialized (select s.any and (select count(*) from newest) < ${limit} and (${AGED}) is not null as any from short s)
    select received, case_id from walked where not (select s.any from short s)
    union all select received, case_id from newest where not (select m.any from missed m)
    union all select received, case_id from (${hitsSql(asked, "(select m.any from missed m) and ")}) i`;
}

/** Sent together with the statement: one plan for all words, as making one takes longer than running it. */
async function run<T>(client: PoolClient, text: string, values: readonly unknown[]): Promise<readonly T[]> {
  const mode = client.query("set local plan_cache_mode = force_generic_plan");
  mode.catch(() => undefined);
  const name = `words_${createHash("sha256").update(text).digest("base64url").slice(0, 24)}`;
  const { rows } = await client.query({ name, text, values: [...values] });
  await mode;
  return rows;
}

/** The newest cases with the words among those this person sees, with what `select` says of the row `x` of each. */
export async function searchWords<T>(
  client: PoolClient,
  actor: Actor,
  search: WordSearch,
  select: string,
  joined = "",
  spread: Spread = SPREAD,
): Promise<readonly T[]> {
  if (actor.reach.length === 0) return [];
  const p = new Parameters();
  const found = foundSql(ask(p, actor, search, spread));
  return run<T>(
    client,
    `select ${select} from (${found}) x ${joined} order by x.received desc, x.case_id desc`,
    p.values,
  );
}

/** The newest cases with the words among those this person sees; both ways give the same. */
export const findByWords = (
  client: PoolClient,
  actor: Actor,
  search: WordSearch,
  spread: Spread = SPREAD,
): Promise<readonly Found[]> => searchWords<Found>(client, actor, search, "x.received, x.case_id", "", spread);

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

/** The parts of a search, each for itself: that they give the same is held by a property. */
export const wordSearchParts = {
  async choose(client: PoolClient, actor: Actor, search: WordSearch, spread: Spread) {
    const p = new Parameters();
    const asked = ask(p, actor, search, spread);
    const [choice] = await run<{ hits: number; received: Date | null; case_id: string | null }>(
      client,
      `with sample as materialized (${sampleSql(asked)}) ${choiceSql(asked)}`,
      p.values,
    );
    const edge = choice?.received && choice.case_id ? ([choice.received, choice.case_id] as const) : null;
    return { hits: choice?.hits ?? 0, edge };
  },
  walk(client: PoolClient, actor: Actor, search: WordSearch, edge: readonly [Date, string] | null) {
    const p = new Parameters();
    const asked = ask(p, actor, search, SPREAD);
    const bound = edge
      ? ` and (a.received, a.case_id) >= (${p.add(edge[0])}::timestamptz, ${p.add(edge[1])}::uuid)`
      : "";
    return run<Found>(client, walkSql(asked, bound), p.values);
  },
  hitsFirst(client: PoolClient, actor: Actor, search: WordSearch, among: "all" | "newest" = "all") {
    const p = new Parameters();
    return run<Found>(client, hitsSql(ask(p, actor, search, SPREAD), among === "all" ? "" : isFresh), p.values);
  },
};
