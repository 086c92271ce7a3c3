import { type SavedView, viewDefinition } from "@doorstep/contracts";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { inScope, scopeOf } from "../actor-scope.ts";
import type { Reader } from "../units/unit-path.ts";

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly by: string;
  readonly name: string;
  readonly definition: unknown;
  readonly unit_id: string | null;
  readonly name_zh: string;
  readonly name_en: string;
  readonly path: string[] | null;
}

/** Whoever leads the desk of a unit and of all below it: an officer whose role reaches down. */
export const managesViewsOf = (actor: Actor, pathToRoot: readonly string[]): boolean =>
  holdsRoleAt({ ...actor, grants: actor.grants.filter((grant) => grant.subtree) }, ["officer"], pathToRoot);

/** Own views, and those shared with a unit for which the asker works, by a role there, above or below. */
export async function visibleViews(reader: Reader, actor: Actor, onlyId?: string): Promise<SavedView[]> {
  const { subtree, flat } = scopeOf(actor, "desk.use");
  const { rows } = await reader.query<Row>(
    `select v.id, v.person_id, p.name as by, v.name, v.definition, v.unit_id, u.name_zh, u.name_en, u.path
       from kernel.saved_views v join kernel.people p on p.id = v.person_id left join kernel.units u on u.id = v.unit_id
      where ($4::uuid is null or v.id = $4) and (v.person_id = $1 or v.unit_id is not null and (${inScope("u", "$2", "$3")}
         or exists (select from kernel.units w where w.id = any ($2::uuid[] || $3::uuid[]) and v.unit_id = any (w.path))))
      order by v.person_id <> $1, v.name, v.id`,
    [actor.personId, subtree, flat, onlyId ?? null],
  );
  return rows.flatMap((row) => {
    // a later release may ask for what this one does not know: such a view is left out, the others stay
    const definition = viewDefinition.safeParse(row.definition);
    return definition.success
      ? [
          {
            id: row.id,
            name: row.name,
            definition: definition.data,
            own: row.person_id === actor.personId,
            by: row.by,
            unit: row.unit_id ? { id: row.unit_id, name: { "zh-CN": row.name_zh, en: row.name_en } } : null,
            mayUnshare:
              row.path !== null && (row.person_id === actor.personId || managesViewsOf(actor, row.path.toReversed())),
          },
        ]
      : [];
  });
}
