import { DoorstepError } from "@doorstep/contracts";
import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
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
    return { ok: true };
  },
  settings: (ctx, input) => readNotificationSettings(ctx.kernel, signedIn(ctx), input.side),
  saveSettings: (ctx, input) => saveNotificationSettings(ctx.kernel, signedIn(ctx), input),
};
