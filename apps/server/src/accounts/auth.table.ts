import { boolean, integer, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

const auth = pgSchema("auth");
const instant = (name: string) => timestamp(name, { withTimezone: true });

/** A login; the person of the same id stands in the kernel. */
export const users = auth.table("users", {
  id: uuid().primaryKey(),
  username: text().notNull().unique(),
  email: text().notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  name: text().notNull().default(""),
  image: text(),
  twoFactorEnabled: boolean("two_factor_enabled").notNull().default(false),
  mustChangePassword: boolean("must_change_password").notNull().default(false),
  slipUntil: instant("slip_until"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

export const sessions = auth.table("sessions", {
  id: uuid().primaryKey(),
  userId: uuid("user_id").notNull(),
  token: text().notNull().unique(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at").notNull(),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
  ipAddress: text("ip_address"),
  userAgent: text("user_agent"),
});

export const credentials = auth.table("accounts", {
  id: uuid().primaryKey(),
  userId: uuid("user_id").notNull(),
  accountId: text("account_id").notNull(),
  providerId: text("provider_id").notNull(),
  password: text(),
  accessToken: text("access_token"),
  refreshToken: text("refresh_token"),
  idToken: text("id_token"),
  accessTokenExpiresAt: instant("access_token_expires_at"),
  refreshTokenExpiresAt: instant("refresh_token_expires_at"),
  scope: text(),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

export const verifications = auth.table("verifications", {
  id: uuid().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: instant("expires_at").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

export const twoFactors = auth.table("two_factors", {
  id: uuid().primaryKey(),
  userId: uuid("user_id").notNull(),
  secret: text().notNull(),
  backupCodes: text("backup_codes").notNull(),
  verified: boolean().notNull().default(true),
  failedVerificationCount: integer("failed_verification_count").notNull().default(0),
  lockedUntil: instant("locked_until"),
});
