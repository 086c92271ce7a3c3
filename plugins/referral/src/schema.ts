import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const partnerKinds = ["superior", "sister", "civil"] as const;

export const partners = schema.table("partners", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  code: text().notNull(),
  name: text().notNull(),
  kind: text({ enum: partnerKinds }).notNull(),
  keyHash: text("key_hash"),
  signKey: text("sign_key"),
  boxKey: text("box_key"),
  tokenFile: uuid("token_file"),
  addedAt: instant("added_at").notNull(),
  byPerson: uuid("by_person").notNull(),
  endedAt: instant("ended_at"),
});

export const unitKeys = schema.table("unit_keys", {
  unitId: uuid("unit_id").primaryKey(),
  signKey: text("sign_key").notNull(),
  boxKey: text("box_key").notNull(),
  privateFile: uuid("private_file").notNull(),
  madeAt: instant("made_at").notNull(),
});

/** `waiting`, `filed`, `quarantine` and `discarded` of what came; `sent` and `received` of what went. */
export const referralStates = ["waiting", "filed", "quarantine", "discarded", "sent", "received"] as const;

export const referrals = schema.table("referrals", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  direction: text({ enum: ["in", "out"] }).notNull(),
  partnerId: uuid("partner_id"),
  way: text({ enum: ["open311", "package"] }).notNull(),
  number: text().notNull(),
  version: integer().notNull().default(1),
  digest: text().notNull(),
  state: text({ enum: referralStates }).notNull(),
  reason: text(),
  service: text(),
  fileId: uuid("file_id"),
  caseId: uuid("case_id"),
  caseNo: text("case_no"),
  over: boolean().notNull().default(false),
  at: instant("at").notNull(),
  changedAt: instant("changed_at").notNull(),
  byPerson: uuid("by_person"),
  attempts: integer().notNull().default(0),
  nextAt: instant("next_at"),
});
