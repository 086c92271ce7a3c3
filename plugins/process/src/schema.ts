import type { FeedFact } from "@doorstep/sdk";
import { pluginSchema } from "@doorstep/sdk/server";
import { date, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Step } from "./mining/trace.ts";
import type { StepCode } from "./own/step-codes.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const steps = schema.table(
  "steps",
  {
    caseId: uuid("case_id").notNull(),
    seq: integer().notNull(),
    at: instant("at").notNull(),
    code: text().$type<StepCode>().notNull(),
    by: text().$type<FeedFact["by"]>().notNull(),
    unitId: uuid("unit_id"),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.seq] })],
);

export const petitions = schema.table("petitions", {
  caseId: uuid("case_id").primaryKey(),
  begun: date({ mode: "string" }).notNull(),
  units: uuid().array().notNull(),
  paths: uuid().array().notNull(),
});

export const progress = schema.table("progress", { id: integer().primaryKey(), next: text() });

export const logs = schema.table("logs", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  name: text().notNull(),
  keptAt: instant("kept_at"),
  cases: integer().notNull(),
  events: integer().notNull(),
  begunAt: instant("begun_at").notNull(),
});

export const pieces = schema.table(
  "pieces",
  { logId: uuid("log_id").notNull(), no: integer().notNull(), text: text().notNull() },
  (table) => [primaryKey({ columns: [table.logId, table.no] })],
);

export const traces = schema.table(
  "traces",
  {
    logId: uuid("log_id").notNull(),
    no: integer().notNull(),
    steps: jsonb().$type<readonly Step[]>().notNull(),
    dueAt: instant("due_at"),
    endedAt: instant("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.logId, table.no] })],
);
