import type { FeedFact } from "@doorstep/sdk";
import { pluginSchema } from "@doorstep/sdk/server";
import { date, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Thing } from "./facts/things.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const entries = schema.table(
  "entries",
  {
    caseId: uuid("case_id").notNull(),
    seq: integer().notNull(),
    at: instant("at").notNull(),
    type: text().$type<FeedFact["type"]>().notNull(),
    facts: jsonb().$type<FeedFact["facts"]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.seq] })],
);

export const counted = schema.table(
  "counted",
  {
    caseId: uuid("case_id").notNull(),
    no: integer().notNull(),
    thing: text().$type<Thing>().notNull(),
    unitId: uuid("unit_id").notNull(),
    path: uuid().array().notNull(),
    day: date("day", { mode: "string" }).notNull(),
    category: text().notNull(),
    channel: text().notNull(),
    track: text().notNull(),
    marks: text().array().notNull(),
    days: integer(),
    hops: integer(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.no] })],
);

/** How many of what is counted are alike, by the first day of their month. */
export const cells = schema.table(
  "cells",
  {
    thing: text().$type<Thing>().notNull(),
    month: date("month", { mode: "string" }).notNull(),
    unitId: uuid("unit_id").notNull(),
    category: text().notNull(),
    channel: text().notNull(),
    marks: text().array().notNull(),
    count: integer().notNull(),
  },
  ({ thing, month, unitId, category, channel, marks }) => [
    primaryKey({ columns: [thing, month, unitId, category, channel, marks] }),
  ],
);

export const progress = schema.table("progress", {
  id: integer().primaryKey(),
  formulas: integer().notNull(),
  next: text(),
  wholeUntil: instant("whole_until"),
  cellsFrom: date("cells_from", { mode: "string" }),
});

/** Of old registers, by what they state. */
export const records = schema.table("records", {
  caseId: uuid("case_id").primaryKey(),
  source: text().notNull(),
  unitId: uuid("unit_id").notNull(),
  path: uuid().array().notNull(),
  receivedOn: date("received_on", { mode: "string" }).notNull(),
  receivedAt: instant("received_at").notNull(),
  endedOn: date("ended_on", { mode: "string" }),
  topic: text(),
  firstId: uuid("first_id"),
});

/** How many a unit had in a month, with all below it. */
export const strengths = schema.table(
  "strengths",
  {
    unitId: uuid("unit_id").notNull(),
    month: text().notNull(),
    people: integer().notNull(),
    byPerson: uuid("by_person").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.month] })],
);
