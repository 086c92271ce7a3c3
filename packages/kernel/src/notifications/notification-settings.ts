import {
  DoorstepError,
  type MailMode,
  type NotificationKind,
  type NotificationSettings,
  type NotificationSide,
  petitionerNotificationKinds,
  type saveNotificationSettingsInput,
  staffNotificationKinds,
  unmutableKinds,
} from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { personKey } from "../vault/keys.ts";
import { asMail } from "./mail-address.ts";

type Save = z.output<typeof saveNotificationSettingsInput>;

const kindsOf = (side: NotificationSide): readonly NotificationKind[] =>
  side === "staff" ? staffNotificationKinds : petitionerNotificationKinds;
const isFixed = (kind: NotificationKind): boolean => (unmutableKinds as readonly string[]).includes(kind);

/** As petitioner under the pseudonym: the two rows of one person stand beside each other without knowing it. */
const recipientOf = (k: Pick<Kernel, "keys">, actor: Actor, side: NotificationSide): string =>
  side === "staff" ? actor.personId : personKey(k.keys, actor.personId);

interface Row {
  readonly portal_off: readonly string[];
  readonly mail: MailMode;
  readonly mail_off: readonly string[];
}

export async function readNotificationSettings(
  k: Kernel,
  actor: Actor,
  side: NotificationSide,
): Promise<NotificationSettings> {
  const [settings, people] = await Promise.all([
    k.pool.query<Row>("select portal_off, mail, mail_off from kernel.notification_settings where recipient = $1", [
      recipientOf(k, actor, side),
    ]),
    k.pool.query<{ mail: string | null }>("select mail from kernel.people where id = $1", [actor.personId]),
  ]);
  const [row] = settings.rows;
  return {
    side,
    mail: row?.mail ?? "off",
    address: side === "staff" ? (people.rows[0]?.mail ?? null) : null,
    kinds: kindsOf(side).map((kind) => ({
      kind,
      portal: isFixed(kind) || !row?.portal_off.includes(kind),
      mail: !row?.mail_off.includes(kind),
      fixed: isFixed(kind),
    })),
  };
}

/**
 * Saving mail at all is the agreement to be written to.
 *
 * @throws DoorstepError `notification.fixed` where one of the kinds must not be switched off, `notification.address`,
 * `notification.noAddress`
 */
export async function saveNotificationSettings(k: Kernel, actor: Actor, input: Save): Promise<NotificationSettings> {
  const { side, address } = input;
  const kinds = input.kinds.filter((x) => kindsOf(side).includes(x.kind));
  if (kinds.some((x) => isFixed(x.kind) && !x.portal)) throw new DoorstepError("notification.fixed");
  if (address && asMail(address) === null) throw new DoorstepError("notification.address");
  if (side === "staff" && address !== undefined)
    await k.pool.query("update kernel.people set mail = $2 where id = $1", [actor.personId, address || null]);
  const saved = await readNotificationSettings(k, actor, side);
  if (side === "staff" && input.mail !== "off" && saved.address === null)
    throw new DoorstepError("notification.noAddress");
  await k.pool.query(
    `insert into kernel.notification_settings (recipient, portal_off, mail, mail_off, locale) values ($1, $2, $3, $4, $5)
     on conflict (recipient) do update set portal_off = excluded.portal_off, mail = excluded.mail,
       mail_off = excluded.mail_off, locale = excluded.locale`,
    [
      recipientOf(k, actor, side),
      kinds.filter((x) => !x.portal).map((x) => x.kind),
      input.mail,
      kinds.filter((x) => !x.mail).map((x) => x.kind),
      actor.locale,
    ],
  );
  return readNotificationSettings(k, actor, side);
}
