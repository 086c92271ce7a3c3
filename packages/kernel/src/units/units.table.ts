import { date, integer, pgSchema, smallint, text, uuid } from "drizzle-orm/pg-core";

/** A unit in the tree; `valid_until` is the first day on which it is no longer there. */
export const units = pgSchema("kernel").table("units", {
  id: uuid().primaryKey(),
  code: text().notNull().unique(),
  nameZh: text("name_zh").notNull(),
  nameEn: text("name_en").notNull(),
  namePinyin: text("name_pinyin").notNull().default(""),
  level: smallint().notNull(),
  parentId: uuid("parent_id"),
  path: uuid().array().notNull(),
  timeZone: text("time_zone").notNull(),
  strength: integer(),
  receptionPlace: text("reception_place").notNull().default(""),
  calendarRegion: text("calendar_region").notNull().default("cn"),
  replyApprovals: smallint("reply_approvals"),
  policyPack: text("policy_pack").notNull(),
  validFrom: date("valid_from").notNull(),
  validUntil: date("valid_until"),
  successorId: uuid("successor_id"),
  version: integer().notNull().default(1),
});
