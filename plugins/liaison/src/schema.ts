import { pluginSchema } from "@doorstep/sdk/server";
import { date, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const day = (name: string) => date(name, { mode: "string" });

export const affairs = schema.table("affairs", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  path: uuid().array().notNull(),
  helperId: uuid("helper_id").notNull(),
  state: text({ enum: ["open", "confirmed", "notWanted"] }).notNull(),
  openedAt: instant("opened_at").notNull(),
  nextOn: day("next_on").notNull(),
  round: integer().notNull().default(1),
  taskId: uuid("task_id"),
});

export const letters = schema.table("letters", {
  id: uuid().primaryKey(),
  affairId: uuid("affair_id").notNull(),
  office: text().notNull(),
  facts: text().notNull(),
  request: text().notNull(),
  wishedOn: day("wished_on"),
  agreedOn: day("agreed_on").notNull(),
  agreedBy: text("agreed_by", { enum: ["told", "page"] }).notNull(),
  state: text({ enum: ["waiting", "sentBack", "sent", "answered"] }).notNull(),
  noticeId: uuid("notice_id"),
  writtenAt: instant("written_at").notNull(),
  number: text(),
  sentOn: day("sent_on"),
  answer: text(),
  answeredOn: day("answered_on"),
});

export const words = schema.table("words", {
  id: uuid().primaryKey(),
  affairId: uuid("affair_id").notNull(),
  said: text().notNull(),
  saidBy: uuid("said_by").notNull(),
  saidAt: instant("said_at").notNull(),
});
