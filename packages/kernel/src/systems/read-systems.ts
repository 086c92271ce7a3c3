import type { SystemScope, SystemView, Text } from "@doorstep/contracts";
import { localDay } from "../units/living.ts";
import type { Reader } from "../units/unit-path.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly why: string;
  readonly unit_id: string;
  readonly unit_name: Text;
  readonly scopes: readonly SystemScope[];
  readonly added_by: string;
  readonly added_at: Date;
  readonly state: SystemView["state"];
  readonly tokens: readonly SystemView["tokens"][number][];
}

const iso = (at: string): string => new Date(at).toISOString();

/** All connected systems, those in service first, each with its tokens, newest first. */
export async function readSystems(reader: Reader, now: Date, asker: string): Promise<SystemView[]> {
  const { rows } = await reader.query<Row>(
    `select s.id, s.name, s.why, s.unit_id, json_build_object('zh-CN', u.name_zh, 'en', u.name_en) as unit_name, s.scopes,
       s.added_by, s.added_at,
       case when s.ended_at is not null then 'ended' when s.confirmed_at is null then 'waiting' else 'active' end as state,
       coalesce((select json_agg(json_build_object('id', t.id, 'madeAt', t.made_at, 'until', t.until, 'lastUsedOn', t.last_used_on,
           'state', case when t.revoked_at is not null then 'revoked' when t.until < ${localDay("u", "$1")} then 'expired' else 'valid' end)
           order by t.made_at desc, t.id) from kernel.system_tokens t where t.system_id = s.id), '[]') as tokens
      from kernel.systems s join kernel.units u on u.id = s.unit_id
     order by s.ended_at is not null, s.name, s.id`,
    [now],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    why: row.why,
    unit: { id: row.unit_id, name: row.unit_name },
    scopes: [...row.scopes],
    state: row.state,
    mayConfirm: row.state === "waiting" && row.added_by !== asker,
    addedAt: row.added_at.toISOString(),
    tokens: row.tokens.map((token) => ({ ...token, madeAt: iso(token.madeAt) })),
  }));
}
