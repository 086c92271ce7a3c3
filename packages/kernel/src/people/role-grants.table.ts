import { roles } from "@doorstep/contracts";
import { boolean, date, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** A role at a unit; `valid_until` is its last day. Revoked ones stay. */
export const roleGrants = pgSchema("kernel").table("role_grants", {
  id: uuid().primaryKey(),
  personId: uuid("person_id").notNull(),
  role: text({ enum: roles }).notNull(),
  unitId: uuid("unit_id").notNull(),
  subtree: boolean().notNull().default(false),
  validFrom: date("valid_from").notNull(),
  validUntil: date("valid_until"),
  why: text().notNull().default(""),
  grantedBy: uuid("granted_by"),
  pending: boolean().notNull().default(false),
  confirmedBy: uuid("confirmed_by"),
  revokedOn: date("revoked_on"),
  revokedBy: uuid("revoked_by"),
  at: timestamp({ withTimezone: true }).notNull(),
});
