import { type NotificationKind, type NotificationSide, unmutableKinds } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { tellLive } from "../live/tell-live.ts";
import { loadActor } from "../people/load-actor.ts";
import { seesAsPetitioner, seesAsStaff } from "./may-be-told.ts";

export type Notifying = Pick<Kernel, "pool" | "now" | "newId" | "keys">;

export interface Tell {
  readonly kind: NotificationKind;
  /** `null`: about no petition, such as the roster of duty itself */
  readonly caseId: string | null;
  /** of the event or paging: the same key tells the same person once */
  readonly key: string;
  /** codes, dates and counts; never what somebody wrote, never a name */
  readonly params?: Readonly<Record<string, string | number>>;
  /** somebody has to say that he has seen it */
  readonly mustAcknowledge?: boolean;
}

const isUnmutable = (kind: NotificationKind): boolean => (unmutableKinds as readonly string[]).includes(kind);

/**
 * One statement: who has muted it where, what is written once, what a transport owes. A mail goes out for whoever asked
 * for one; which road it takes is the unit's affair.
 */
const WRITE = `with asked as (
    select r.id, r.recipient, r.unit_id,
      ($8::boolean or s.recipient is null or not $3::text = any (s.portal_off)) as in_portal,
      coalesce(s.mail <> 'off' and not $3::text = any (s.mail_off), false) as by_mail
    from jsonb_to_recordset($1::jsonb) as r(id uuid, recipient uuid, unit_id uuid)
    left join kernel.notification_settings s on s.recipient = r.recipient
  ), made as (
    insert into kernel.notifications (id, recipient, side, kind, case_id, params, key, must_acknowledge, in_portal, at)
    select id, recipient, $2::text, $3::text, $4::uuid, $5::jsonb, $6::text, $7::boolean, in_portal, $9::timestamptz
      from asked where in_portal or by_mail
    on conflict (recipient, key) do nothing returning id, recipient
  ), owed as (
    insert into kernel.notification_deliveries (notification_id, recipient, unit_id, next_at, at)
    select m.id, m.recipient, a.unit_id, $9::timestamptz, $9::timestamptz from made m join asked a on a.id = m.id where a.by_mail
  )
  select recipient from made`;

interface Recipient {
  readonly recipient: string;
  readonly unitId: string;
}

/** Writes what was decided already, and rings the bells of those who were not told before. */
async function write(k: Notifying, side: NotificationSide, to: readonly Recipient[], tell: Tell): Promise<void> {
  if (to.length === 0) return;
  const { rows } = await k.pool.query<{ recipient: string }>({
    name: "notify",
    text: WRITE,
    values: [
      JSON.stringify(to.map((r) => ({ id: k.newId(), recipient: r.recipient, unit_id: r.unitId }))),
      side,
      tell.kind,
      tell.caseId,
      tell.params ?? {},
      tell.key,
      tell.mustAcknowledge ?? false,
      isUnmutable(tell.kind),
      k.now(),
    ],
  });
  if (rows.length > 0) await tellLive(k, { told: rows.map((r) => r.recipient) });
}

/**
 * Tells people of something in their portal, and by mail where they want that. Each passes the one predicate now, with
 * recusal and ceiling, and again whenever he reads it: who may not see the case is passed over.
 *
 * @returns the people who may be told and now are, also those who were before.
 */
export async function notify(k: Notifying, people: readonly string[], tell: Tell): Promise<readonly string[]> {
  const now = k.now();
  const actors = (await Promise.all([...new Set(people)].map((id) => loadActor(k, id, now)))).filter(
    (a): a is Actor => a !== undefined,
  );
  const { caseId } = tell;
  const seeing = caseId === null ? new Set(actors) : await seesAsStaff(k, actors, caseId);
  const told = actors.filter((a) => seeing.has(a));
  await write(
    k,
    "staff",
    told.map((a) => ({ recipient: a.personId, unitId: a.unitId })),
    tell,
  );
  return told.map((a) => a.personId);
}

/** Tells the accounts that filed the case, by their pseudonyms. */
export async function notifyPetitioners(k: Notifying, tell: Tell & { readonly caseId: string }): Promise<void> {
  const to = await seesAsPetitioner(k, tell.caseId);
  await write(k, "petitioner", to, tell);
}

/** Who has said that he has seen what was told under this key. */
export async function acknowledged(k: Pick<Kernel, "pool">, key: string): Promise<readonly string[]> {
  const { rows } = await k.pool.query<{ recipient: string }>(
    `select recipient from kernel.notifications
      where key = $1 and must_acknowledge and side = 'staff' and acknowledged_at is not null order by acknowledged_at`,
    [key],
  );
  return rows.map((r) => r.recipient);
}
