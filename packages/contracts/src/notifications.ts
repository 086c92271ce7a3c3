import { z } from "zod";
import { id, instant, pageInput, text } from "./ids.ts";

/** What staff is told of. */
export const staffNotificationKinds = [
  "newCase",
  "assigned",
  "toSign",
  "sentBack",
  "message",
  "review",
  "objection",
  "progress",
  "deadline",
  "awaited",
  "breach",
  "recusal",
  "supervision",
  "duty",
  "retaliation",
  /** something he is to do by a day */
  "task",
  /** of a module, in its own words: they stand in the params in both languages */
  "module",
] as const;

/** What the petitioner's account is told of. */
export const petitionerNotificationKinds = ["status", "letter", "answer"] as const;

export const notificationKinds = [...staffNotificationKinds, ...petitionerNotificationKinds] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** Nobody can switch these off in the portal: somebody comes for an answer, a period missed, danger, retaliation [SPEC §5, §12]. */
export const unmutableKinds = [
  "awaited",
  "breach",
  "duty",
  "retaliation",
] as const satisfies readonly NotificationKind[];

export const notificationSides = ["staff", "petitioner"] as const;
export type NotificationSide = (typeof notificationSides)[number];

export const mailModes = ["off", "atOnce", "daily"] as const;
export type MailMode = (typeof mailModes)[number];

export const notification = z.object({
  id,
  side: z.enum(notificationSides),
  /** `news` where the matter is sensitive: then nothing stands beside it but the way to the case */
  kind: z.enum([...notificationKinds, "news"]),
  at: instant,
  caseId: id.nullable(),
  /** of an ordinary case alone */
  caseNo: z.string().nullable(),
  title: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  readAt: instant.nullable(),
  mustAcknowledge: z.boolean(),
  acknowledgedAt: instant.nullable(),
});
export type Notification = z.infer<typeof notification>;

export const listNotificationsInput = z.object({ ...pageInput, unread: z.boolean().default(false) });

/** `more` beyond what is counted */
export const notificationCount = z.object({ unread: z.number().int(), more: z.boolean() });

/** ids absent: all */
export const readNotificationsInput = z.object({ ids: z.array(id).max(100).optional() });

export const notificationSettings = z.object({
  side: z.enum(notificationSides),
  kinds: z.array(
    z.object({ kind: z.enum(notificationKinds), portal: z.boolean(), mail: z.boolean(), fixed: z.boolean() }),
  ),
  mail: z.enum(mailModes),
  /** of staff; a petitioner's stays in the vault, where it is not shown */
  address: z.string().nullable(),
});
export type NotificationSettings = z.infer<typeof notificationSettings>;

export const saveNotificationSettingsInput = z.object({
  side: z.enum(notificationSides),
  kinds: z
    .array(z.object({ kind: z.enum(notificationKinds), portal: z.boolean(), mail: z.boolean() }))
    .max(notificationKinds.length),
  mail: z.enum(mailModes),
  /** kept only for staff */
  address: text(200, 0).optional(),
});

export const presenceInput = z.object({
  caseId: id,
  /** one browser tab */
  tab: id,
  doing: z.enum(["reading", "editing", "left"]),
});

/** Others who have the case open now, among those who may see it. */
export const present = z.array(z.object({ name: z.string(), editing: z.boolean() }));
