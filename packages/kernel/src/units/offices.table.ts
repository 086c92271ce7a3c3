import { officeKinds } from "@doorstep/contracts";
import { date, pgSchema, text, uuid } from "drizzle-orm/pg-core";

/** Who does what in a unit; an office that ended stays, since cases name it. */
export const offices = pgSchema("kernel").table("offices", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  kind: text({ enum: officeKinds }).notNull(),
  nameZh: text("name_zh").notNull(),
  nameEn: text("name_en").notNull(),
  contact: text().notNull().default(""),
  phone: text().notNull().default(""),
  address: text().notNull().default(""),
  validFrom: date("valid_from").notNull(),
  validUntil: date("valid_until"),
});
