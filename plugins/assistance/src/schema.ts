import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { kinds } from "./kinds.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const day = (name: string) => date(name, { mode: "string" });

export const supports = schema.table("supports", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  path: uuid().array().notNull(),
  followPath: uuid("follow_path").array().notNull(),
  kind: text({ enum: kinds }).notNull(),
  found: text().notNull(),
  given: text().notNull(),
  office: text().notNull(),
  givenOn: day("given_on").notNull(),
  recordedBy: uuid("recorded_by").notNull(),
  recordedAt: instant("recorded_at").notNull(),
  state: text({ enum: ["open", "settled", "withdrawn"] }).notNull(),
  followOn: day("follow_on").notNull(),
  round: integer().notNull().default(1),
  taskId: uuid("task_id"),
  withdrawnWhy: text("withdrawn_why"),
});

export const answers = schema.table("answers", {
  id: uuid().primaryKey(),
  supportId: uuid("support_id").notNull(),
  holds: boolean().notNull(),
  words: text().notNull(),
  againOn: day("again_on"),
  answeredBy: uuid("answered_by").notNull(),
  answeredAt: instant("answered_at").notNull(),
});
