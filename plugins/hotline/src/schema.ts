import { pluginSchema } from "@doorstep/sdk/server";
import { date, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** How a call ended that became no petition: answered at once, a wrong number, a line that broke. */
export const endings = ["answered", "wrong", "broken"] as const;

/** A call by its number of the day. Who called, from where, and what was said is nowhere here. */
export const calls = pluginSchema(plugin).table("calls", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  day: date({ mode: "string" }).notNull(),
  no: integer().notNull(),
  byPerson: uuid("by_person").notNull(),
  beganAt: instant("began_at").notNull(),
  endedAt: instant("ended_at"),
  outcome: text({ enum: [...endings, "petition"] }),
  /** absent for an accusation, of which nothing is kept */
  caseId: uuid("case_id"),
  /** the day on which the office has promised to call */
  callBackOn: date("call_back_on", { mode: "string" }),
  taskId: uuid("task_id"),
  attempts: integer().notNull(),
  calledBackAt: instant("called_back_at"),
});
