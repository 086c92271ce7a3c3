import { type Actor, reaches } from "../actor.ts";
import { PERSON_DEPTH } from "../audience/audience-of.ts";
import type { Kernel } from "../kernel.ts";

interface Audience {
  readonly confidentiality: number;
  readonly audience: readonly { readonly key: string; readonly depth: number }[];
  readonly recused: readonly string[];
}

/** What the one predicate asks of several cases, for whoever is to be told of them. */
export async function audiencesOf(
  pool: Kernel["pool"],
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, Audience>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await pool.query<Audience & { id: string }>({
    name: "audiences_of",
    text: `select c.id, c.confidentiality,
        (select coalesce(jsonb_agg(jsonb_build_object('key', a.key, 'depth', a.depth)), '[]')
           from kernel.case_audience a where a.case_id = c.id) as audience,
        array(select r.person_id from kernel.recusals r where r.case_id = c.id and r.state <> 'refused') as recused
      from kernel.cases c where c.id = any ($1::uuid[])`,
    values: [caseIds],
  });
  return new Map(rows.map((r) => [r.id, r]));
}

/** Whether somebody sees the case by his duties; not by being its petitioner, who must not learn of inner work. */
export const reachesAsStaff = (actor: Pick<Actor, "reach" | "personId">, a: Audience): boolean =>
  !a.recused.includes(actor.personId) &&
  reaches(
    actor,
    a.confidentiality,
    a.audience.filter((row) => row.depth !== PERSON_DEPTH),
  );

/** Whether the case is the person's own petition. */
export const isOwn = (actor: Pick<Actor, "ownKey">, a: Audience): boolean =>
  a.audience.some((row) => row.depth === PERSON_DEPTH && row.key === actor.ownKey);

/** Those of the people who see the case by their duties, and have not filed it themselves. */
export async function seesAsStaff(
  k: Pick<Kernel, "pool">,
  actors: readonly Actor[],
  caseId: string,
): Promise<ReadonlySet<Actor>> {
  const found = (await audiencesOf(k.pool, [caseId])).get(caseId);
  return new Set(found ? actors.filter((a) => reachesAsStaff(a, found) && !isOwn(a, found)) : []);
}

/** Pseudonyms of the accounts that filed the case, with the unit it is held at. */
export async function seesAsPetitioner(
  k: Pick<Kernel, "pool">,
  caseId: string,
): Promise<readonly { readonly recipient: string; readonly unitId: string }[]> {
  const { rows } = await k.pool.query<{ recipient: string; unitId: string }>(
    `select key as recipient, holder as "unitId" from kernel.case_audience where case_id = $1 and depth = ${PERSON_DEPTH}`,
    [caseId],
  );
  return rows;
}
