import type { Actor, Reach } from "../actor.ts";

/** One way an actor sees cases: a key, with all below it or the unit alone, up to a level. */
export type Branch = Reach;

/** The key of nothing: who holds none sees what it shows, which is no case. */
const NOTHING: Branch = { key: "00000000-0000-0000-0000-000000000000", flat: true, ceiling: 1 };

export const branchesOf = (actor: Actor): readonly Branch[] => (actor.reach.length > 0 ? actor.reach : [NOTHING]);

/** Statement parameters collected on the way. */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** What a key reaches, for the audience row `a`; whoever asks must ask for a recusal, too. */
export const reachedRow = (p: Parameters, branch: Branch): string =>
  [`a.key = ${p.add(branch.key)}`, ...(branch.flat ? ["a.depth = 0"] : []), `a.conf <= ${branch.ceiling}`].join(
    " and ",
  );

/**
 * The recusal is a scalar sub-select on purpose: as `not exists` the planner reads the whole scope (SCALE §2.3); and
 * "is not true", as it takes "is null" for something that hardly a row passes, and walks no index in order for a page.
 */
export const notRecused = (row: string, me: string): string =>
  `(select true from kernel.recusals r where r.person_id = ${me} and r.case_id = ${row}.case_id and r.state <> 'refused') is not true`;

/** The reading half of the one predicate, for the audience row `a`: one of his keys, what it reaches, no recusal. */
export const visibleRow = (p: Parameters, branch: Branch, me: string): string =>
  `${reachedRow(p, branch)} and ${notRecused("a", me)}`;

/** All his ways as rows `s`, for a statement whose text, and so its plan, is the same for everybody; and their keys. */
export function reachRows(p: Parameters, actor: Actor): { readonly rows: string; readonly keys: string } {
  const branches = branchesOf(actor);
  const keys = p.add(branches.map((b) => b.key));
  const flat = p.add(branches.map((b) => b.flat));
  const ceilings = p.add(branches.map((b) => b.ceiling));
  const rows = `unnest(${keys}::uuid[], ${flat}::boolean[], ${ceilings}::smallint[]) s(key, flat, ceiling)`;
  return { rows, keys: `${keys}::uuid[]` };
}

/** What the way `s` reaches, for the audience row `a`; whoever asks must ask for a recusal, too. */
export const REACHED = "a.key = s.key and a.conf <= s.ceiling and (not s.flat or a.depth = 0)";

/** Whether the actor may see the one case: its audience is asked first, so that "invisible" does the work of "none". */
export const MAY_SEE = `select x.case_id from (
    select x.case_id from unnest($2::uuid[], $3::boolean[], $5::smallint[]) s(key, flat, ceiling) join lateral (
      select a.case_id from kernel.case_audience a
       where a.key = s.key and a.case_id = $1 and a.conf <= s.ceiling and (not s.flat or a.depth = 0) offset 0) x on true limit 1) x
  cross join lateral (select count(*) as n from (
    select 1 from kernel.recusals r where r.person_id = $4 and r.case_id = x.case_id and r.state <> 'refused' offset 0) z) z
  where z.n = 0`;

/** The same of many cases (`$1`, uuid[]) in one statement: asked one by one, thousands take as many turns. */
export const MAY_SEE_AMONG = `select y.id from unnest($1::uuid[]) y(id) cross join lateral (${MAY_SEE.replace("$1", "y.id")}) m`;

export const maySeeValues = (actor: Actor, caseId: string): readonly unknown[] => {
  const branches = branchesOf(actor);
  return [
    caseId,
    branches.map((b) => b.key),
    branches.map((b) => b.flat),
    actor.personId,
    branches.map((b) => b.ceiling),
  ];
};
