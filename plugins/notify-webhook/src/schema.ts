import type { CaseEvent } from "@doorstep/sdk/server";
import { pluginSchema } from "@doorstep/sdk/server";
import { bigint, integer, jsonb, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

export const deliveries = pluginSchema(plugin).table("deliveries", {
  no: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  unitId: uuid("unit_id").notNull(),
  caseId: uuid("case_id").notNull(),
  eventId: uuid("event_id").notNull(),
  address: text().notNull(),
  event: jsonb().$type<CaseEvent>().notNull(),
  state: text({ enum: ["waiting", "sent", "parked"] }).notNull(),
  attempts: integer().notNull(),
  error: text(),
  nextAt: timestamp("next_at", { withTimezone: true, mode: "string" }).notNull(),
});
export type Delivery = typeof deliveries.$inferSelect;
