import { DoorstepError } from "@doorstep/contracts";
import { inScope, scopeOf } from "../actor-scope.ts";
import { takeByBell } from "../duty/take-by-bell.ts";
import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { retryDeliveries } from "./deliver-notifications.ts";
import { readNotificationSettings, saveNotificationSettings } from "./notification-settings.ts";
import {
  acknowledgeNotification,
  countNotifications,
  listNotifications,
  markNotificationsRead,
} from "./read-notifications.ts";

export const notificationsHandlers: Handlers["notifications"] = {
  list: (ctx, input) => listNotifications(ctx.kernel, signedIn(ctx), input),
  count: (ctx) => countNotifications(ctx.kernel, signedIn(ctx)),
  async read(ctx, input) {
    await markNotificationsRead(ctx.kernel, signedIn(ctx), input.ids);
    return countNotifications(ctx.kernel, signedIn(ctx));
  },
  async acknowledge(ctx, input) {
    if (!(await acknowledgeNotification(ctx.kernel, signedIn(ctx), input.id)))
      throw new DoorstepError("notification.notFound");
    await takeByBell(ctx.kernel, signedIn(ctx), input.id);
    return { ok: true };
  },
  settings: (ctx, input) => readNotificationSettings(ctx.kernel, signedIn(ctx), input.side),
  async retryParked(ctx) {
    const { kernel } = ctx;
    const { subtree, flat } = scopeOf(signedIn(ctx), "modules.manage");
    const { rows } = await kernel.pool.query<{ id: string }>(
      `select u.id from kernel.units u where ${inScope("u", "$1", "$2")}
         and exists (select from kernel.notification_deliveries d where d.unit_id = u.id and d.state = 'parked')`,
      [subtree, flat],
    );
    return {
      count: await retryDeliveries(
        kernel,
        rows.map((r) => r.id),
      ),
    };
  },
  saveSettings: (ctx, input) => saveNotificationSettings(ctx.kernel, signedIn(ctx), input),
};
