import { DoorstepError } from "@doorstep/contracts";
import type { ClientBase } from "pg";

/** A pool or a connection; with the connection of a transaction the answer is that transaction's. */
export type Reader = Pick<ClientBase, "query">;

/** The unit itself first, the root last. @throws DoorstepError `unit.notFound` */
export async function unitPath(reader: Reader, unitId: string): Promise<readonly string[]> {
  const { rows } = await reader.query<{ path: string[] }>("select path from kernel.units where id = $1", [unitId]);
  const path = rows[0]?.path;
  if (!path) throw new DoorstepError("unit.notFound");
  return path.toReversed();
}

/** The units above, nearest first. */
export const ancestorsOf = async (reader: Reader, unitId: string): Promise<readonly string[]> =>
  (await unitPath(reader, unitId)).slice(1);

/** Who decides a review of the unit's reply: the unit one level up; `null` above the root. */
export const reviewBodyOf = async (reader: Reader, unitId: string): Promise<string | null> =>
  (await ancestorsOf(reader, unitId))[0] ?? null;

export interface Organ {
  /** id of the office */
  readonly id: string;
  readonly unitId: string;
}

/**
 * The nearest discipline organ strictly above the unit: an accusation never goes to an organ of the unit complained of.
 * The root has nobody above it, so its own organ is competent.
 */
export async function organAbove(reader: Reader, unitId: string, at: Date): Promise<Organ | null> {
  const { rows } = await reader.query<{ id: string; unitId: string }>(
    `select o.id, o.unit_id as "unitId" from kernel.units u
       join lateral unnest(u.path) with ordinality as p(id, place) on true
       join kernel.offices o on o.unit_id = p.id and o.kind = 'disciplineOrgan'
       join kernel.units above on above.id = p.id
      where u.id = $1 and (p.id <> u.id or u.parent_id is null)
        and o.valid_from <= ($2::timestamptz at time zone above.time_zone)::date
        and (o.valid_until is null or o.valid_until > ($2::timestamptz at time zone above.time_zone)::date)
      order by p.place desc, o.id limit 1`,
    [unitId, at],
  );
  return rows[0] ?? null;
}
