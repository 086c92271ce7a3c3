import { DoorstepError, type Role, type roleHolder, id as uuid } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { inScope, scopeOf } from "../actor-scope.ts";
import { isLiveGrant } from "../units/living.ts";
import type { Reader } from "../units/unit-path.ts";
import { ceilings } from "./load-actor.ts";

type Holder = z.input<typeof roleHolder>;

/** What a role reads and who holds it at the units whose people the actor sees, from the root down. */
export async function readRole(
  reader: Reader,
  actor: Actor,
  input: { readonly role: Role; readonly cursor?: string | undefined; readonly limit: number },
  now: Date,
) {
  const scope = scopeOf(actor, "people.read");
  const after = input.cursor === undefined ? null : uuid.safeParse(input.cursor).data;
  if (after === undefined) throw new DoorstepError("input.invalid");
  const { rows } = await reader.query<Holder>(
    `select g.id as "grantId", p.id as "personId", p.name as "personName", g.subtree, g.valid_until as "until",
            json_build_object('zh-CN', u.name_zh, 'en', u.name_en) as "unitName"
       from kernel.role_grants g join kernel.units u on u.id = g.unit_id join kernel.people p on p.id = g.person_id
      where g.role = $4 and p.active and ${isLiveGrant("g", "u", "$3")} and ${inScope("u", "$1", "$2")}
        and ($5::uuid is null or (u.level, u.code, p.name_pinyin, g.id) > (
          select lu.level, lu.code, lp.name_pinyin, l.id from kernel.role_grants l join kernel.units lu on lu.id = l.unit_id
            join kernel.people lp on lp.id = l.person_id where l.id = $5))
      order by u.level, u.code, p.name_pinyin, g.id limit $6`,
    [scope.subtree, scope.flat, now, input.role, after, input.limit + 1],
  );
  const items = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return { reads: ceilings[input.role] ?? null, items, nextCursor: last?.grantId ?? null };
}
