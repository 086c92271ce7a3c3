import { roles } from "@doorstep/contracts";
import { boolean, pgSchema, text } from "drizzle-orm/pg-core";

export const secondFactorRules = pgSchema("kernel").table("second_factor_rules", {
  role: text({ enum: roles }).primaryKey(),
  required: boolean().notNull(),
});
