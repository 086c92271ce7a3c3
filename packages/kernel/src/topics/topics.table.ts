import { boolean, integer, pgSchema, text, uuid } from "drizzle-orm/pg-core";

export const topics = pgSchema("kernel").table("topics", {
  id: uuid().primaryKey(),
  code: text().notNull().unique(),
  nameZh: text("name_zh").notNull(),
  nameEn: text("name_en").notNull(),
  parentId: uuid("parent_id"),
  retired: boolean().notNull().default(false),
  /** what petitions with this topic are about is never mediated [SPEC §4 T13] */
  neverMediated: boolean("never_mediated").notNull().default(false),
  platformOwn: boolean("platform_own").notNull().default(false),
});

/** One row: the version of the catalogue as a whole. */
export const topicVersion = pgSchema("kernel").table("topic_version", {
  singleton: boolean().primaryKey().default(true),
  version: integer().notNull(),
});
