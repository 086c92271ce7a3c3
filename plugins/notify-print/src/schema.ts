import { pluginSchema } from "@doorstep/sdk/server";
import { timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

export const prints = pluginSchema(plugin).table("prints", {
  noticeId: uuid("notice_id").primaryKey(),
  caseId: uuid("case_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  printedAt: timestamp("printed_at", { withTimezone: true, mode: "string" }).notNull(),
});
