import { pluginSchema } from "@doorstep/sdk/server";
import { date, integer, json, real, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { ReleasedPage } from "./figures/page.ts";
import { plugin } from "./plugin.ts";
import type { RuleName } from "./rules/warnings-in.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const warnings = schema.table("warnings", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  path: uuid().array().notNull(),
  aboutId: uuid("about_id").notNull(),
  rule: text().$type<RuleName>().notNull(),
  subject: text().notNull(),
  since: text().notNull(),
  month: text().notNull(),
  actual: integer().notNull(),
  expected: real().notNull(),
  foundAt: instant("found_at").notNull(),
  dueOn: date("due_on", { mode: "string" }).notNull(),
  taskId: uuid("task_id"),
  state: text().$type<"open" | "answered" | "falseAlarm">().notNull(),
  words: text(),
  closedBy: uuid("closed_by"),
  closedAt: instant("closed_at"),
});

export const pages = schema.table("pages", {
  unitId: uuid("unit_id").primaryKey(),
  stamp: text().notNull(),
  page: json().$type<ReleasedPage>().notNull(),
});

export const lookedThrough = schema.table("looked_through", {
  unitId: uuid("unit_id").primaryKey(),
  stamp: text().notNull(),
});
