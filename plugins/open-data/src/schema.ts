import { pluginSchema } from "@doorstep/sdk/server";
import { integer, jsonb, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Content } from "./content.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const publications = schema.table("publications", {
  id: uuid().primaryKey(),
  seriesId: uuid("series_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  dataset: text().notNull(),
  version: integer().notNull(),
  from: text("from_month").notNull(),
  to: text("to_month").notNull(),
  content: jsonb().$type<Content>(),
  publishedAt: instant("published_at").notNull(),
  byPerson: uuid("by_person").notNull(),
  withdrawnAt: instant("withdrawn_at"),
  why: text(),
});
