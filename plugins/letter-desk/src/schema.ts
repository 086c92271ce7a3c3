import { pluginSchema } from "@doorstep/sdk/server";
import { date, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const pageKinds = ["envelope", "letter", "enclosure"] as const;

/** A letter as it lay on the table. Who wrote it and what stands in it is nowhere here. */
export const letters = schema.table("letters", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  year: integer().notNull(),
  no: integer().notNull(),
  receivedOn: date("received_on", { mode: "string" }).notNull(),
  /** of the postmark */
  postedOn: date("posted_on", { mode: "string" }),
  createdAt: instant("created_at").notNull(),
  filedAt: instant("filed_at"),
  /** absent for an accusation, of which nothing is kept */
  caseId: uuid("case_id"),
});

export const pages = schema.table("pages", {
  id: uuid().primaryKey(),
  letterId: uuid("letter_id").notNull(),
  no: integer().notNull(),
  kind: text({ enum: pageKinds }).notNull(),
  type: text().notNull(),
  size: integer().notNull(),
  /** working files, piece by piece; emptied when the petition has the page */
  parts: uuid().array().notNull(),
  /** under which the petition claims it */
  attachmentId: uuid("attachment_id"),
  attachedAt: instant("attached_at"),
});

/** What was sent off by post, by the number of its slip. */
export const postings = schema.table("postings", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  postedOn: date("posted_on", { mode: "string" }).notNull(),
  tracking: text().notNull(),
  at: instant("at").notNull(),
});
