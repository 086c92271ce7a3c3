import type { Locale, MailMode, NotificationKind, NotificationSide } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { loadActor } from "../people/load-actor.ts";
import { type RunOptions, single } from "../workers/single.ts";
import { petitionersAddress } from "./mail-address.ts";
import { audiencesOf, reachesAsStaff } from "./may-be-told.ts";

/** That somebody has news: all a transport learns. */
export interface HandedMessage {
  readonly count: number;
  readonly since: string;
  readonly mode: "atOnce" | "daily";
  /** somebody is in danger, and he has to say that he has seen it [SPEC §5, K23] */
  readonly urgent: boolean;
  readonly locale: Locale;
  readonly address: string;
  readonly link: string | null;
}

/** Gives a message to whatever transport is on at the unit; throws where it failed and may be tried again. */
export type Hand = (
  unitId: string,
  message: HandedMessage,
) => Promise<
  | { readonly state: "sent" | "none" }
  | { readonly state: "later"; readonly until: string }
  | { readonly state: "refused"; readonly code: string }
>;

export type Delivering = Pick<Kernel, "pool" | "now" | "keys" | "log">;

const AT_ONCE = 100;
const MINUTE_MS = 60_000;
/** 1 min … 12 h; five days after the first try it waits for a person. */
const RETRY_MS = [1, 5, 15, 60, 240, ...Array.from({ length: 9 }, () => 720)].map((minutes) => minutes * MINUTE_MS);

interface Owed {
  readonly id: string;
  readonly side: NotificationSide;
  readonly kind: NotificationKind;
  readonly case_id: string | null;
  readonly unit_id: string;
  readonly at: Date;
  readonly read_at: Date | null;
  readonly attempts: number;
  readonly mail: MailMode | null;
  readonly locale: Locale | null;
}

/** Recipients who are owed something now, the longest waiting first. */
async function dueRecipients(k: Delivering, done: readonly string[]): Promise<readonly string[]> {
  const { rows } = await k.pool.query<{ recipient: string }>(
    `select recipient from kernel.notification_deliveries
      where state = 'pending' and next_at <= $1 and recipient <> all ($2::uuid[])
      group by recipient order by min(next_at) limit ${AT_ONCE}`,
    [k.now(), done],
  );
  return rows.map((r) => r.recipient);
}

/** All that waits for him, also what was not due yet: one message stands for it. */
async function owedTo(k: Delivering, recipient: string): Promise<readonly Owed[]> {
  const { rows } = await k.pool.query<Owed>(
    `select n.id, n.side, n.kind, n.case_id, d.unit_id, n.at, n.read_at, d.attempts, s.mail, s.locale
       from kernel.notification_deliveries d join kernel.notifications n on n.id = d.notification_id
       left join kernel.notification_settings s on s.recipient = d.recipient
      where d.recipient = $1 and d.state = 'pending' order by n.at desc limit 500`,
    [recipient],
  );
  return rows;
}

async function close(
  k: Delivering,
  owed: readonly Owed[],
  state: "sent" | "dropped" | "parked",
  error: string | null = null,
): Promise<void> {
  if (owed.length === 0) return;
  await k.pool.query(
    `update kernel.notification_deliveries set state = $2, error = $3, done_at = $4, next_at = null
      where notification_id = any ($1::uuid[])`,
    [owed.map((o) => o.id), state, error, k.now()],
  );
}

async function wait(k: Delivering, owed: readonly Owed[], until: Date, failed: string | null): Promise<void> {
  await k.pool.query(
    `update kernel.notification_deliveries set next_at = $2, error = $3, attempts = attempts + $4
      where notification_id = any ($1::uuid[])`,
    [owed.map((o) => o.id), until, failed, failed === null ? 0 : 1],
  );
}

interface Addressee {
  readonly address: string | null;
  readonly unitId: string;
  readonly locale: Locale;
  /** of what is owed, that which he may still know of */
  readonly visible: readonly Owed[];
}

/** Staff: as he is now, with what he sees now. */
async function staff(k: Delivering, recipient: string, owed: readonly Owed[]): Promise<Addressee | null> {
  const actor = await loadActor(k, recipient, k.now());
  if (!actor) return null;
  const audiences = await audiencesOf(
    k.pool,
    owed.flatMap((o) => o.case_id ?? []),
  );
  const { rows } = await k.pool.query<{ mail: string | null }>("select mail from kernel.people where id = $1", [
    recipient,
  ]);
  return {
    address: rows[0]?.mail ?? null,
    unitId: actor.unitId,
    locale: actor.locale,
    visible: owed.filter((o) => {
      const audience = o.case_id === null ? undefined : audiences.get(o.case_id);
      return o.case_id === null || (audience !== undefined && reachesAsStaff(actor, audience));
    }),
  };
}

/** A petitioner: by the newest of his cases with which he gave an address. */
async function petitioner(k: Delivering, recipient: string, owed: readonly Owed[]): Promise<Addressee> {
  const { rows } = await k.pool.query<{ case_id: string }>(
    "select case_id from kernel.case_audience where key = $1 and depth = -1 and case_id = any ($2::uuid[])",
    [recipient, owed.flatMap((o) => o.case_id ?? [])],
  );
  const own = new Set(rows.map((r) => r.case_id));
  const visible = owed.filter((o) => o.case_id !== null && own.has(o.case_id));
  for (const o of visible) {
    const address = o.case_id === null ? null : await petitionersAddress(k, o.case_id, recipient);
    if (address !== null) return { address, unitId: o.unit_id, locale: o.locale ?? "zh-CN", visible };
  }
  return { address: null, unitId: visible[0]?.unit_id ?? "", locale: "zh-CN", visible };
}

/** What failed, as a code: the sentence of a server may hold the address it refuses. */
const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : "failed";
};

async function retryOrPark(k: Delivering, owed: readonly Owed[], error: unknown): Promise<void> {
  const code = codeOf(error);
  const gap = RETRY_MS[Math.max(...owed.map((o) => o.attempts))];
  if (gap === undefined) await close(k, owed, "parked", code);
  else await wait(k, owed, new Date(k.now().getTime() + gap), code);
  k.log.warn("news could not be handed over", { error: code, waiting: owed.length, parked: gap === undefined });
}

async function deliverTo(k: Delivering, recipient: string, hand: Hand, link: string | null): Promise<boolean> {
  const owed = await owedTo(k, recipient);
  const mode = owed[0]?.mail ?? "off";
  // what he has read already, or does not want any more, is no news
  const stale = owed.filter((o) => mode === "off" || o.read_at !== null);
  await close(k, stale, "dropped", "noNews");
  const fresh = owed.filter((o) => !stale.includes(o));
  const [first] = fresh;
  const oldest = fresh.at(-1);
  if (!first || !oldest || mode === "off") return false;
  const to = await (first.side === "staff" ? staff(k, recipient, fresh) : petitioner(k, recipient, fresh));
  const visible = to?.visible ?? [];
  await close(
    k,
    fresh.filter((o) => !visible.includes(o)),
    "dropped",
    "notVisible",
  );
  if (!to || visible.length === 0) return false;
  if (to.address === null) {
    await close(k, visible, "dropped", "noAddress");
    return false;
  }
  const since = (visible.at(-1) ?? oldest).at.toISOString();
  const { address, locale } = to;
  try {
    const urgent = visible.some((o) => o.kind === "duty");
    const result = await hand(to.unitId, { count: visible.length, since, mode, urgent, locale, address, link });
    if (result.state === "later") await wait(k, visible, new Date(result.until), null);
    else if (result.state === "refused") await close(k, visible, "parked", result.code);
    else if (result.state === "none") await close(k, visible, "dropped", "noTransport");
    else await close(k, visible, "sent");
    return result.state === "sent";
  } catch (error) {
    await retryOrPark(k, visible, error);
    return false;
  }
}

/**
 * Hands over what is due, a recipient at a time, and asks of each once more what he may know. A crash between handing
 * over and writing that down tells him twice, never not at all.
 *
 * @returns how many messages went out; `null` when another process is at it.
 */
export const deliverNotifications = (
  k: Delivering,
  hand: Hand,
  link: string | null,
  options: RunOptions = {},
): Promise<number | null> =>
  single(k.pool, "deliver", options, async () => {
    let sent = 0;
    const done: string[] = [];
    for (;;) {
      const recipients = await dueRecipients(k, done);
      if (recipients.length === 0) return sent;
      for (const recipient of recipients) if (await deliverTo(k, recipient, hand, link)) sent += 1;
      done.push(...recipients);
    }
  });

/** Parked ones of these units are tried again at once. */
export async function retryDeliveries(k: Pick<Kernel, "pool" | "now">, unitIds: readonly string[]): Promise<number> {
  const { rowCount } = await k.pool.query(
    `update kernel.notification_deliveries set state = 'pending', attempts = 0, next_at = $2, done_at = null
      where state = 'parked' and unit_id = any ($1::uuid[])`,
    [unitIds, k.now()],
  );
  return rowCount ?? 0;
}
