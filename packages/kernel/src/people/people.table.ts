import { locales, personKinds } from "@doorstep/contracts";
import { boolean, date, integer, pgSchema, text, uuid } from "drizzle-orm/pg-core";

/** Everybody with an account; petitioners without one live in the vault alone. */
export const people = pgSchema("kernel").table("people", {
  id: uuid().primaryKey(),
  username: text().notNull().unique(),
  name: text().notNull(),
  namePinyin: text("name_pinyin").notNull().default(""),
  kind: text({ enum: personKinds }).notNull(),
  unitId: uuid("unit_id").notNull(),
  locale: text({ enum: locales }).notNull().default("zh-CN"),
  mail: text(),
  active: boolean().notNull().default(true),
  lastSeenOn: date("last_seen_on"),
  version: integer().notNull().default(1),
});
