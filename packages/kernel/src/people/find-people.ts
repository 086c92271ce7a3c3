import type { Text } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { likePattern, searchForm } from "../search-form.ts";

const MOST = 8;

/**
 * People of the whole house by name or pinyin, for naming whom a petition is about: the case is then kept away from
 * them and their unit [SPEC §6(8)]. It tells name and unit only, and never more than a few.
 */
export async function findPeople(kernel: Kernel, q: string): Promise<{ id: string; name: string; unit: Text }[]> {
  const words = searchForm(q);
  if (words === "") return [];
  const { rows } = await kernel.pool.query<{ id: string; name: string; zh: string; en: string }>(
    `select p.id, p.name, u.name_zh as zh, u.name_en as en
       from kernel.people p join kernel.units u on u.id = p.unit_id
      where p.active and (replace(lower(p.name), ' ', '') like $1 || '%'
         or p.name_pinyin like $1 || '%' or p.name_pinyin like '% ' || $1 || '%')
      order by p.name_pinyin, p.id limit $2`,
    [likePattern(words), MOST],
  );
  return rows.map((row) => ({ id: row.id, name: row.name, unit: { "zh-CN": row.zh, en: row.en } }));
}
