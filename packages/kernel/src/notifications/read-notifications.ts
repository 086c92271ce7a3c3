import type { Notification, NotificationKind, NotificationSide } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { PERSON_DEPTH } from "../audience/audience-of.ts";
import type { Kernel } from "../kernel.ts";
import { readCursor } from "../queue/list-cases.ts";
import { personKey } from "../vault/keys.ts";

/** Under both of his names: as staff the person, as petitioner the pseudonym. */
export const recipientsOf = (k: Pick<Kernel, "keys">, actor: Actor): readonly string[] => [
  actor.personId,
  personKey(k.keys, actor.personId),
];

/** Somebody who has left a case long behind may have thousands; the badge says "more" then. */
const COUNTED = 99;

/** $1 his names, $2-$4 keys with what they reach, $5 himself; asked anew at every reading, as rights and recusals change. */
const READABLE = `n.recipient = any ($1::uuid[]) and n.in_portal and (n.case_id is null
  or n.side = 'petitioner' and exists (select from kernel.case_audience a
    where a.key = n.recipient and a.case_id = n.case_id and a.depth = ${PERSON_DEPTH})
  or n.side = 'staff' and exists (select from unnest($2::uuid[], $3::boolean[], $4::smallint[]) s(key, flat, ceiling)
      join kernel.case_audience a on a.key = s.key and a.case_id = n.case_id
     where a.depth <> ${PERSON_DEPTH} and a.conf <= s.ceiling and (not s.flat or a.depth = 0))
    and not exists (select from kernel.recusals r
     where r.person_id = $5 and r.case_id = n.case_id and r.state <> 'refused'))`;

const values = (k: Pick<Kernel, "keys">, actor: Actor): readonly unknown[] => [
  recipientsOf(k, actor),
  actor.reach.map((r) => r.key),
  actor.reach.map((r) => r.flat),
  actor.reach.map((r) => r.ceiling),
  actor.personId,
];

interface Row {
  readonly id: string;
  readonly side: NotificationSide;
  readonly kind: NotificationKind;
  readonly at: Date;
  readonly case_id: string | null;
  readonly params: Record<string, string | number>;
  readonly read_at: Date | null;
  readonly must_acknowledge: boolean;
  readonly acknowledged_at: Date | null;
  readonly case_no: string | null;
  readonly title: string | null;
  readonly sensitive: boolean;
}

/** A sensitive matter is a neutral sentence and the way to it: no number, no title, not even what happened. */
function shown(r: Row): Notification {
  return {
    id: r.id,
    side: r.side,
    kind: r.sensitive ? "news" : r.kind,
    at: r.at.toISOString(),
    caseId: r.case_id,
    caseNo: r.sensitive ? null : r.case_no,
    title: r.sensitive ? null : r.title,
    params: r.sensitive ? {} : r.params,
    readAt: r.read_at?.toISOString() ?? null,
    mustAcknowledge: r.must_acknowledge,
    acknowledgedAt: r.acknowledged_at?.toISOString() ?? null,
  };
}

export async function listNotifications(
  k: Kernel,
  actor: Actor,
  input: { readonly cursor?: string | undefined; readonly limit: number; readonly unread: boolean },
): Promise<{ items: Notification[]; nextCursor: string | null }> {
  const cursor = readCursor(input.cursor);
  const { rows } = await k.pool.query<Row>(
    `select n.id, n.side, n.kind, n.at, n.case_id, n.params, n.read_at, n.must_acknowledge, n.acknowledged_at,
        c.case_no, case when c.confidentiality = 1 then c.title end as title, coalesce(c.confidentiality > 1, false) as sensitive
      from kernel.notifications n left join kernel.cases c on c.id = n.case_id
     where ${READABLE} and (not $6::boolean or n.read_at is null)
       and ($7::timestamptz is null or (n.at, n.id) < ($7, $8::uuid))
     order by n.at desc, n.id desc limit $9`,
    [...values(k, actor), input.unread, cursor?.[0] ?? null, cursor?.[1] ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(shown),
    nextCursor:
      rows.length > input.limit && last
        ? Buffer.from(JSON.stringify([last.at.toISOString(), last.id])).toString("base64url")
        : null,
  };
}

export async function countNotifications(k: Kernel, actor: Actor): Promise<{ unread: number; more: boolean }> {
  const { rows } = await k.pool.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from kernel.notifications n
      where ${READABLE} and n.read_at is null limit ${COUNTED + 1}) x`,
    [...values(k, actor)],
  );
  const n = rows[0]?.n ?? 0;
  return { unread: Math.min(n, COUNTED), more: n > COUNTED };
}

/** His own alone; ids of others change nothing and say nothing. */
export async function markNotificationsRead(
  k: Kernel,
  actor: Actor,
  ids: readonly string[] | undefined,
): Promise<void> {
  await k.pool.query(
    `update kernel.notifications set read_at = $2
      where recipient = any ($1::uuid[]) and read_at is null and ($3::uuid[] is null or id = any ($3))`,
    [recipientsOf(k, actor), k.now(), ids ?? null],
  );
}

/** Saying "I have seen it" is reading it, too. @returns whether there was something to say it to */
export async function acknowledgeNotification(k: Kernel, actor: Actor, id: string): Promise<boolean> {
  const { rowCount } = await k.pool.query(
    `update kernel.notifications n set acknowledged_at = coalesce(acknowledged_at, $7), read_at = coalesce(read_at, $7)
      where ${READABLE} and n.id = $6 and n.must_acknowledge`,
    [...values(k, actor), id, k.now()],
  );
  return rowCount === 1;
}
