import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const mailboxes = schema.table("mailboxes", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  /** where the unit stood when it was opened; where it stands today is asked of `ctx.units` */
  path: uuid().array().notNull(),
  leaderId: uuid("leader_id").notNull(),
  leader: text().notNull(),
  post: text().notNull(),
  portfolio: text().notNull(),
  deputyId: uuid("deputy_id"),
  openedAt: instant("opened_at").notNull(),
  closedAt: instant("closed_at"),
});

/** What is being filed, until it lies in the mailbox. */
export const underway = schema.table("underway", {
  key: uuid().primaryKey(),
  mailboxId: uuid("mailbox_id").notNull(),
  wordsFile: uuid("words_file").notNull(),
  locale: text({ enum: ["zh-CN", "en"] }).notNull(),
  anonymous: boolean().notNull(),
  at: instant("at").notNull(),
});

export const letters = schema.table("letters", {
  id: uuid().primaryKey(),
  mailboxId: uuid("mailbox_id").notNull(),
  caseId: uuid("case_id").notNull(),
  wordsFile: uuid("words_file"),
  locale: text({ enum: ["zh-CN", "en"] }).notNull(),
  anonymous: boolean().notNull(),
  deliveredAt: instant("delivered_at").notNull(),
  dueOn: date("due_on", { mode: "string" }),
  readAt: instant("read_at"),
  readBy: uuid("read_by"),
  toldAt: instant("told_at"),
  movedAt: instant("moved_at"),
});
