import { pluginSchema, type ReportTable } from "@doorstep/sdk/server";
import { date, integer, jsonb, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { type Chart, schedules } from "./own/choices.ts";
import type { Definition } from "./own/definition.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const own = schema.table("own", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  title: text().notNull(),
  definition: jsonb().$type<Definition>().notNull(),
  schedule: text({ enum: schedules }).notNull(),
  receiver: text().notNull(),
  byPerson: uuid("by_person").notNull(),
  changedAt: instant("changed_at").notNull(),
});

export const editions = schema.table("editions", {
  id: uuid().primaryKey(),
  ownId: uuid("own_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  title: text().notNull(),
  period: text().notNull(),
  chart: text().$type<Chart>().notNull(),
  content: jsonb().$type<ReportTable>().notNull(),
  madeAt: instant("made_at").notNull(),
  taskId: uuid("task_id"),
});

export const changed = schema.table("changed", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  year: integer().notNull(),
  version: integer().notNull(),
  words: text().notNull(),
  signedBy: uuid("signed_by").notNull(),
  signer: text().notNull(),
  signedOn: date("signed_on", { mode: "string" }).notNull(),
});
