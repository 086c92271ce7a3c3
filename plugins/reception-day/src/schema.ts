import { type DatasetRow, pluginSchema } from "@doorstep/sdk/server";
import { boolean, customType, date, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const kinds = ["reception", "goingDown"] as const;

export const sessions = schema.table("sessions", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  kind: text({ enum: kinds }).notNull(),
  leaderId: uuid("leader_id").notNull(),
  leader: text().notNull(),
  post: text().notNull(),
  portfolio: text().notNull().default(""),
  place: text().notNull(),
  timeZone: text("time_zone").notNull(),
  startsAt: instant("starts_at").notNull(),
  endsAt: instant("ends_at").notNull(),
  slotMinutes: integer("slot_minutes").notNull(),
  state: text({ enum: ["published", "cancelled"] }).notNull(),
  late: boolean().notNull(),
  reason: text().notNull().default(""),
  appointmentId: uuid("appointment_id"),
  publishedBy: uuid("published_by").notNull(),
  publishedAt: instant("published_at").notNull(),
});

export const bookings = schema.table("bookings", {
  id: uuid().primaryKey(),
  sessionId: uuid("session_id").notNull(),
  slotNo: integer("slot_no").notNull(),
  key: uuid().notNull(),
  codeHash: bytes("code_hash").notNull(),
  accountId: uuid("account_id"),
  topic: text().notNull().default(""),
  state: text({ enum: ["booked", "cancelled", "heard", "absent", "sealed"] }).notNull(),
  caseId: uuid("case_id"),
  record: text().notNull().default(""),
  signedAt: instant("signed_at"),
  changedAt: instant("changed_at").notNull(),
});

/** Whoever would like to see a leader while no time is free. */
export const wishes = schema.table("wishes", {
  id: uuid().primaryKey(),
  path: uuid().array().notNull(),
  accountId: uuid("account_id"),
  topic: text().notNull().default(""),
  at: instant("at").notNull(),
});

export const promises = schema.table("promises", {
  id: uuid().primaryKey(),
  bookingId: uuid("booking_id").notNull(),
  no: integer().notNull(),
  words: text().notNull(),
  ownerId: uuid("owner_id").notNull(),
  dueOn: date("due_on", { mode: "string" }).notNull(),
  keptAt: instant("kept_at"),
});

/** Counts of a month that is over, of one unit; nobody in them. */
export const countedMonths = schema.table(
  "counted_months",
  {
    dataset: text().notNull(),
    month: text().notNull(),
    unitId: uuid("unit_id").notNull(),
    rows: jsonb().$type<readonly DatasetRow[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.dataset, t.month, t.unitId] })],
);
