import { DoorstepError, type UnitDetail, type UnitSummary } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { type ActorScope, inScope, scopeOf } from "../actor-scope.ts";
import { likePattern, searchForm } from "../search-form.ts";
import { hasOrganAbove, intakeRoles, isCovered, signerRoles } from "./coverage.ts";
import { isLiving, localDay } from "./living.ts";
import type { Reader } from "./unit-path.ts";

/** Found by typing: a tree search is for finding one unit, not for reading lists. */
const SEARCH_LIMIT = 50;

interface NodeRow {
  id: string;
  code: string;
  name_zh: string;
  name_en: string;
  level: number;
  parent_id: string | null;
  valid_from: string;
  valid_until: string | null;
  version: number;
  children: number;
  manageable: boolean;
}

/** SQL: a unit as `unitSummary` wants it, as json. */
export const summaryJson = (alias: string): string =>
  `json_build_object('id', ${alias}.id, 'code', ${alias}.code, 'level', ${alias}.level, 'parentId', ${alias}.parent_id,
     'name', json_build_object('zh-CN', ${alias}.name_zh, 'en', ${alias}.name_en))`;

const toNode = (row: NodeRow) => ({
  id: row.id,
  code: row.code,
  name: { "zh-CN": row.name_zh, en: row.name_en },
  level: row.level,
  parentId: row.parent_id,
  children: row.children,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  version: row.version,
  manageable: row.manageable,
});
export type UnitNode = ReturnType<typeof toNode>;

/** $1 $2 what he reads, $3 $4 what he manages, $5 now; also the units above, so that the way to his own is shown. */
const VISIBLE = `(${inScope("u", "$1", "$2")} or u.id in
  (select unnest(own.path) from kernel.units own where own.id = any($1::uuid[]) or own.id = any($2::uuid[])))`;
const NODE = `u.id, u.code, u.name_zh, u.name_en, u.level, u.parent_id, u.valid_from, u.valid_until, u.version,
  ${inScope("u", "$3", "$4")} as manageable,
  (select count(*)::int from kernel.units c where c.parent_id = u.id and ${isLiving("c", "$5")}
     and (${inScope("c", "$1", "$2")} or c.id in (select unnest(own.path) from kernel.units own
           where own.id = any($1::uuid[]) or own.id = any($2::uuid[])))) as children`;

const scopeParams = (reads: ActorScope, manages: ActorScope, now: Date) => [
  reads.subtree,
  reads.flat,
  manages.subtree,
  manages.flat,
  now,
];

/** The units below one (or the roots), or those that a search finds, as far as the actor may read them. */
export async function unitTree(
  reader: Reader,
  actor: Actor,
  input: { readonly parentId: string | null; readonly q: string },
  now: Date,
): Promise<UnitNode[]> {
  const params = scopeParams(scopeOf(actor, "units.read"), scopeOf(actor, "units.manage"), now);
  const words = searchForm(input.q);
  if (!words) {
    const { rows } = await reader.query<NodeRow>(
      `select ${NODE} from kernel.units u
        where u.parent_id is not distinct from $6 and ${VISIBLE} and ${isLiving("u", "$5")} order by u.code`,
      [...params, input.parentId],
    );
    return rows.map(toNode);
  }
  const { rows } = await reader.query<NodeRow>(
    `select ${NODE} from kernel.units u
      where ${inScope("u", "$1", "$2")} and ${isLiving("u", "$5")}
        and (lower(u.code) like $6 || '%' or replace(lower(u.name_zh || ' ' || u.name_en), ' ', '') like '%' || $6 || '%'
             or u.name_pinyin like $6 || '%' or u.name_pinyin like '% ' || $6 || '%')
      order by u.level, u.code limit ${SEARCH_LIMIT}`,
    [...params, likePattern(words)],
  );
  return rows.map(toNode);
}

interface DetailRow extends NodeRow {
  time_zone: string;
  strength: number | null;
  calendar_region: string;
  policy_pack: string;
  reception_place: string;
  reply_approvals: 1 | 2 | null;
  readable: boolean;
  calendar_id: string | null;
  path: UnitSummary[];
  offices: UnitDetail["offices"];
  intake: boolean;
  signer: boolean;
  organ: boolean;
}

/**
 * One unit with its offices and what is missing there; of a unit that only lies above his own the actor sees no more
 * than what everybody may see.
 *
 * @throws DoorstepError `unit.notFound`
 */
export async function unitDetail(reader: Reader, actor: Actor, unitId: string, now: Date): Promise<UnitDetail> {
  const params = scopeParams(scopeOf(actor, "units.read"), scopeOf(actor, "units.manage"), now);
  const { rows } = await reader.query<DetailRow>(
    `select ${NODE}, u.time_zone, u.strength, u.calendar_region, u.policy_pack, u.reception_place, u.reply_approvals,
        ${inScope("u", "$1", "$2")} as readable,
        (select c.id from kernel.calendars c where c.region = u.calendar_region
          order by c.official_until desc, c.id desc limit 1) as calendar_id,
        (select json_agg(${summaryJson("a")} order by a.level) from kernel.units a where a.id = any(u.path)) as path,
        (select coalesce(json_agg(json_build_object('id', o.id, 'kind', o.kind, 'contact', o.contact, 'phone', o.phone,
            'address', o.address, 'name', json_build_object('zh-CN', o.name_zh, 'en', o.name_en)) order by o.kind, o.name_zh), '[]')
           from kernel.offices o where o.unit_id = u.id
            and (o.valid_until is null or o.valid_until > ${localDay("u", "$5")})) as offices,
        ${isCovered("u", "$7", "$5")} as intake, ${isCovered("u", "$8", "$5")} as signer,
        ${hasOrganAbove("u", "$5")} as organ
       from kernel.units u where u.id = $6 and ${VISIBLE}`,
    [...params, unitId, intakeRoles, signerRoles],
  );
  const row = rows[0];
  if (!row) throw new DoorstepError("unit.notFound");
  const warnings: UnitDetail["warnings"] = [];
  if (!row.intake) warnings.push("noIntakePerson");
  if (!row.signer) warnings.push("noSigner");
  if (!row.organ) warnings.push("noDisciplineOrganAbove");
  return {
    ...toNode(row),
    timeZone: row.time_zone,
    strength: row.readable ? row.strength : null,
    calendarId: row.calendar_id ?? row.calendar_region,
    policyPack: row.policy_pack,
    offices: row.offices,
    receptionPlace: row.reception_place,
    replyApprovals: row.reply_approvals,
    path: row.path,
    warnings: row.readable && row.valid_until === null ? warnings : [],
  };
}
