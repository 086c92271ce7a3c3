import { date, integer, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";

/** What a unit was called and to whom it belonged, from when until when. */
export const unitHistory = pgSchema("kernel").table(
  "unit_history",
  {
    unitId: uuid("unit_id").notNull(),
    fromOn: date("from_on").notNull(),
    untilOn: date("until_on"),
    parentId: uuid("parent_id"),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    changedBy: text("changed_by").notNull(),
    why: text().notNull().default(""),
    seq: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.seq] })],
);
