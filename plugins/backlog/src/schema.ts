import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { causes, classes, ways } from "./codes.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const words = (name: string) => text(name).notNull().default("");

export const items = schema.table("items", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  path: uuid().array().notNull(),
  handled: uuid().array().notNull(),
  enteredAt: instant("entered_at").notNull(),
  reasons: text({ enum: ["age", "repeats", "late", "promise"] })
    .array()
    .notNull()
    .default([]),
  leftAt: instant("left_at"),
  state: text({ enum: ["open", "checking", "checked", "struck", "closed"] }).notNull(),
  cause: text({ enum: causes }),
  class: text({ enum: classes }),
  measures: words("measures"),
  leaderId: uuid("leader_id"),
  checkUnit: uuid("check_unit"),
  how: text({ enum: ways }),
  struckWords: words("struck_words"),
  struckBy: uuid("struck_by"),
  lookOn: date("look_on", { mode: "string" }),
  lookWords: words("look_words"),
});

export const reviews = schema.table("reviews", {
  id: uuid().primaryKey(),
  itemId: uuid("item_id").notNull(),
  words: text().notNull(),
  writtenBy: uuid("written_by").notNull(),
  writtenAt: instant("written_at").notNull(),
});

export const checks = schema.table("checks", {
  id: uuid().primaryKey(),
  itemId: uuid("item_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  interviewedOn: date("interviewed_on", { mode: "string" }).notNull(),
  kept: boolean().notNull(),
  ok: boolean().notNull(),
  words: text().notNull(),
  writtenBy: uuid("written_by").notNull(),
  writtenAt: instant("written_at").notNull(),
});
