import type { Text } from "@doorstep/contracts";
import { DoorstepError } from "@doorstep/contracts";
import { likePattern, searchForm } from "../search-form.ts";
import { isLiving, localDay } from "./living.ts";
import type { Reader } from "./unit-path.ts";

export interface PublicUnit {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  /** from the root down to the unit */
  readonly path: Text;
}

const SEPARATOR = " › ";
const PUBLIC = `json_build_object('id', u.id, 'code', u.code,
  'name', json_build_object('zh-CN', u.name_zh, 'en', u.name_en),
  'path', (select json_build_object('zh-CN', string_agg(a.name_zh, '${SEPARATOR}' order by a.level),
                                    'en', string_agg(a.name_en, '${SEPARATOR}' order by a.level))
             from kernel.units a where a.id = any(u.path)))`;

/** Best hit first: the exact code or name, then what begins with the words, then what holds them. */
const RANK = `case when $1 = '' then 0
  when lower(u.code) = $1 or lower(u.name_zh) = $1 or lower(u.name_en) = $1 then 0
  when lower(u.code) like $2 || '%' or lower(u.name_zh) like $2 || '%' or lower(u.name_en) like $2 || '%' then 1
  else 2 end`;

/** Units as anybody may find them: those that are there today, by code, name or pinyin; nothing of their inside. */
export async function findUnits(
  reader: Reader,
  input: { readonly q: string; readonly cursor?: string | undefined; readonly limit: number },
  now: Date,
): Promise<{ items: PublicUnit[]; nextCursor: string | null }> {
  const words = searchForm(input.q);
  const after = readCursor(input.cursor);
  const { rows } = await reader.query<{ unit: PublicUnit; rank: number; code: string }>(
    `select ${PUBLIC} as unit, u.rank, u.code from (
       select u.*, ${RANK} as rank from kernel.units u
        where ${isLiving("u", "$3")} and u.valid_from <= ${localDay("u", "$3")}
          and ($1 = '' or lower(u.code) like $2 || '%'
               or replace(lower(u.name_zh || ' ' || u.name_en), ' ', '') like '%' || $2 || '%'
               or u.name_pinyin like $2 || '%' or u.name_pinyin like '% ' || $2 || '%')) u
      where $4::int is null or (u.rank, u.code) > ($4::int, $5::text)
      order by u.rank, u.code limit $6`,
    [words, likePattern(words), now, after?.rank ?? null, after?.code ?? null, input.limit + 1],
  );
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => row.unit),
    nextCursor: last ? `${last.rank}:${last.code}` : null,
  };
}

function readCursor(cursor: string | undefined): { rank: number; code: string } | undefined {
  if (cursor === undefined) return undefined;
  const found = /^([0-2]):(.{1,20})$/su.exec(cursor);
  if (!found?.[1] || !found[2]) throw new DoorstepError("input.invalid");
  return { rank: Number(found[1]), code: found[2] };
}

interface BoardOffice {
  readonly id: string;
  readonly kind: "petitionOffice" | "disciplineOrgan" | "handlingOffice";
  readonly name: Text;
  readonly contact: string;
  readonly phone: string;
  readonly address: string;
}

/** What the notice board of a unit has to say [R22:18]. @throws DoorstepError `unit.notFound` */
export async function noticeBoard(
  reader: Reader,
  unitCode: string,
  now: Date,
): Promise<{ unit: PublicUnit; offices: BoardOffice[]; receptionPlace: string }> {
  const { rows } = await reader.query<{ unit: PublicUnit; offices: BoardOffice[]; reception_place: string }>(
    `select ${PUBLIC} as unit, u.reception_place,
        (select coalesce(json_agg(json_build_object('id', o.id, 'kind', o.kind, 'contact', o.contact, 'phone', o.phone,
            'address', o.address, 'name', json_build_object('zh-CN', o.name_zh, 'en', o.name_en)) order by o.kind, o.name_zh), '[]')
           from kernel.offices o where o.unit_id = u.id
            and (o.valid_until is null or o.valid_until > ${localDay("u", "$2")})) as offices
       from kernel.units u
      where lower(u.code) = lower($1) and ${isLiving("u", "$2")} and u.valid_from <= ${localDay("u", "$2")}`,
    [unitCode.trim(), now],
  );
  const row = rows[0];
  if (!row) throw new DoorstepError("unit.notFound");
  return { unit: row.unit, offices: row.offices, receptionPlace: row.reception_place };
}
