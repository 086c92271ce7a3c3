import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const words = (name: string) => text(name).notNull().default("");

export const charges = schema.table("charges", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  path: uuid().array().notNull(),
  leaderId: uuid("leader_id"),
  takenAt: instant("taken_at").notNull(),
  endedAt: instant("ended_at"),
  outcome: text({ enum: ["settled", "reasoned", "handedOver"] }),
  plannedAt: instant("planned_at"),
  metOn: date("met_on", { mode: "string" }),
  notMet: words("not_met"),
  facts: words("facts"),
  law: words("law"),
  options: words("options"),
  helpers: words("helpers"),
});

export const milestones = schema.table("milestones", {
  id: uuid().primaryKey(),
  chargeId: uuid("charge_id").notNull(),
  what: text().notNull(),
  dueOn: date("due_on", { mode: "string" }).notNull(),
  doneOn: date("done_on", { mode: "string" }),
  result: words("result"),
});

export const visits = schema.table("visits", {
  id: uuid().primaryKey(),
  chargeId: uuid("charge_id").notNull(),
  visitedOn: date("visited_on", { mode: "string" }).notNull(),
  met: boolean().notNull(),
  words: text().notNull(),
  writtenBy: uuid("written_by").notNull(),
  writtenAt: instant("written_at").notNull(),
});
