import { DoorstepError, type PersonKind, type Role, type UnitSummary, id as uuid } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { inScope, scopeOf } from "../actor-scope.ts";
import { likePattern, searchForm } from "../search-form.ts";
import { isLiveGrant, localDay } from "../units/living.ts";
import { summaryJson } from "../units/read-unit.ts";
import type { Reader } from "../units/unit-path.ts";
import type { Accounts } from "./accounts.ts";
import { effectiveRights, personWarnings } from "./person-lines.ts";
import { grantsOf, toWireGrant } from "./read-grants.ts";
import { rolesWithSecondFactor } from "./second-factor.ts";

interface PersonLine {
  id: string;
  name: string;
  username: string;
  kind: PersonKind;
  unit: UnitSummary;
  roles: Role[];
  lastSeenOn: string | null;
  active: boolean;
  name_pinyin: string;
  version: number;
}

const LINE = (now: string) => `p.id, p.name, p.username, p.kind, p.active, p.version, p.name_pinyin,
  p.last_seen_on as "lastSeenOn", ${summaryJson("u")} as unit,
  (select coalesce(array_agg(distinct g.role order by g.role), '{}') from kernel.role_grants g
     join kernel.units gu on gu.id = g.unit_id where g.person_id = p.id and ${isLiveGrant("g", "gu", now)}) as roles`;

/** Somebody is seen by the administrators of the unit he belongs to and of every unit where he holds a role. */
const isVisible = (subtree: string, flat: string, now: string) => `(${inScope("u", subtree, flat)} or exists (
  select 1 from kernel.role_grants g join kernel.units gu on gu.id = g.unit_id
   where g.person_id = p.id and g.revoked_on is null
     and (g.valid_until is null or g.valid_until >= ${localDay("gu", now)}) and ${inScope("gu", subtree, flat)}))`;

const toLine = ({ name_pinyin, version, ...line }: PersonLine) => line;

export interface ListPeople {
  readonly q: string;
  readonly unitId?: string | undefined;
  readonly role?: Role | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** People in the order of their names' pinyin, page by page. */
export async function listPeople(reader: Reader, actor: Actor, input: ListPeople, now: Date) {
  const scope = scopeOf(actor, "people.read");
  const words = searchForm(input.q);
  const after = input.cursor === undefined ? null : uuid.safeParse(input.cursor).data;
  if (after === undefined) throw new DoorstepError("input.invalid");
  const { rows } = await reader.query<PersonLine>(
    `select ${LINE("$3")} from kernel.people p join kernel.units u on u.id = p.unit_id
      where ${isVisible("$1", "$2", "$3")}
        and ($4 = '' or replace(lower(p.name), ' ', '') like '%' || $5 || '%' or p.username like $5 || '%'
             or p.name_pinyin like $5 || '%' or p.name_pinyin like '% ' || $5 || '%')
        and ($6::uuid is null or u.path @> array[$6::uuid])
        and ($7::text is null or exists (select 1 from kernel.role_grants g join kernel.units gu on gu.id = g.unit_id
               where g.person_id = p.id and g.role = $7 and ${isLiveGrant("g", "gu", "$3")}))
        and ($8::uuid is null or (p.name_pinyin, p.id) > (select l.name_pinyin, l.id from kernel.people l where l.id = $8))
      order by p.name_pinyin, p.id limit $9`,
    [
      scope.subtree,
      scope.flat,
      now,
      words,
      likePattern(words),
      input.unitId ?? null,
      input.role ?? null,
      after,
      input.limit + 1,
    ],
  );
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  return { items: shown.map(toLine), nextCursor: last?.id ?? null };
}

/**
 * One person with what he may do and why.
 *
 * @param options.asked - the actor has just changed this person with a right of his own, so he may see the result.
 * @throws DoorstepError `person.notFound`
 */
export async function personDetail(
  deps: { readonly reader: Reader; readonly accounts: Accounts; readonly now: Date },
  actor: Actor,
  personId: string,
  options: { readonly asked?: boolean } = {},
) {
  const scope = scopeOf(actor, "people.read");
  const { rows } = await deps.reader.query<PersonLine>(
    `select ${LINE("$3")} from kernel.people p join kernel.units u on u.id = p.unit_id
      where p.id = $4 and ($5 or ${isVisible("$1", "$2", "$3")})`,
    [scope.subtree, scope.flat, deps.now, personId, options.asked ?? false],
  );
  const line = rows[0];
  if (!line) throw new DoorstepError("person.notFound");
  const grants = await grantsOf(deps.reader, [personId], deps.now);
  const rules = await rolesWithSecondFactor(deps.reader);
  const account = (await deps.accounts.states([personId])).get(personId);
  const required = grants.some((grant) => !grant.pending && rules.has(grant.role));
  const present = account?.secondFactor ?? false;
  return {
    ...toLine(line),
    version: line.version,
    grants: grants.map(toWireGrant),
    effective: effectiveRights(grants),
    warnings: [...personWarnings(grants, { required, present })],
    secondFactor: present,
    secondFactorRequired: required,
  };
}
