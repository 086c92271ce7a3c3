import type { Role, Text } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { roleHolders } from "../notifications/role-holders.ts";
import { likePattern, searchForm } from "../search-form.ts";

/** Somebody of the house by name: what a list to choose from needs, and nothing more. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly unit: Text;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

const named = (row: Row): NamedPerson => ({ id: row.id, name: row.name, unit: { "zh-CN": row.zh, en: row.en } });

/** Accounts of a unit and those below it, by name; with `ids` only these, with `q` only those so called. */
export async function peopleOfUnit(
  k: Pick<Kernel, "pool">,
  unitId: string,
  which: { readonly q?: string; readonly ids?: readonly string[]; readonly after?: string; readonly limit: number },
): Promise<readonly NamedPerson[]> {
  const { rows } = await k.pool.query<Row>(
    `select p.id, p.name, u.name_zh as zh, u.name_en as en
       from kernel.people p join kernel.units u on u.id = p.unit_id
      where p.active and u.path @> array[$1::uuid] and ($2::uuid[] is null or p.id = any ($2))
        and ($3::text is null or replace(lower(p.name), ' ', '') like $3 || '%'
          or p.name_pinyin like $3 || '%' or p.name_pinyin like '% ' || $3 || '%')
        and ($5::uuid is null or (p.name_pinyin, p.id) > (select x.name_pinyin, x.id from kernel.people x where x.id = $5))
      order by p.name_pinyin, p.id limit $4`,
    [
      ...[unitId, which.ids ?? null, which.q === undefined ? null : likePattern(searchForm(which.q)), which.limit],
      which.after ?? null,
    ],
  );
  return rows.map(named);
}

/** Pseudonyms of the people of a unit and below, in the order of the ids: who is there, and nothing of them. */
export async function idsOfUnit(
  k: Pick<Kernel, "pool">,
  unitId: string,
  which: { readonly after?: string; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await k.pool.query<{ id: string }>(
    `select p.id from kernel.people p join kernel.units u on u.id = p.unit_id
      where p.active and u.path @> array[$1::uuid] and ($2::uuid is null or p.id > $2) order by p.id limit $3`,
    [unitId, which.after ?? null, which.limit],
  );
  return rows.map((row) => row.id);
}

/** Who holds a role over a unit today: those nearest to it first, each level by name. */
export async function holdersByName(
  k: Pick<Kernel, "pool" | "now">,
  unitId: string,
  role: Role,
): Promise<readonly NamedPerson[]> {
  const near = (await roleHolders(k, unitId, [role])).flat();
  const { rows } = await k.pool.query<Row>(
    `select p.id, p.name, u.name_zh as zh, u.name_en as en
       from unnest($1::uuid[]) with ordinality h(id, no)
       join kernel.people p on p.id = h.id join kernel.units u on u.id = p.unit_id
      order by h.no`,
    [near],
  );
  return [...new Map(rows.map((row) => [row.id, named(row)])).values()];
}
