import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { grounds, states, votes } from "./kinds.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const day = (name: string) => date(name, { mode: "string" });

export const hearings = schema.table("hearings", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  path: uuid().array().notNull(),
  state: text({ enum: states }).notNull(),
  askedBy: text("asked_by", { enum: ["petitioner", "unit"] }).notNull(),
  askedAt: instant("asked_at").notNull(),
  wish: text(),
  told: boolean().notNull().default(false),
  ground: text({ enum: [...grounds, "applied"] }),
  subject: text(),
  hearingOn: day("hearing_on"),
  startsAt: text("starts_at"),
  place: text(),
  open: boolean(),
  attendants: text(),
  calledAt: instant("called_at"),
  calledBy: uuid("called_by"),
  noticeId: uuid("notice_id"),
  noticeNo: text("notice_no"),
  noticedOn: day("noticed_on"),
  noticeBack: boolean("notice_back").notNull().default(false),
  record: text(),
  recordedBy: uuid("recorded_by"),
  conclusion: text(),
  votesFor: integer("votes_for"),
  votesAgainst: integer("votes_against"),
  concludedOn: day("concluded_on"),
  reason: text(),
});

export const seats = schema.table("seats", {
  hearingId: uuid("hearing_id").notNull(),
  personId: uuid("person_id").notNull(),
  name: text().notNull(),
  chair: boolean().notNull(),
  left: boolean("left_panel").notNull().default(false),
  /** whose place he has taken */
  replaces: uuid(),
  vote: text({ enum: votes }),
});

export const recusals = schema.table("recusals", {
  id: uuid().primaryKey(),
  hearingId: uuid("hearing_id").notNull(),
  personId: uuid("person_id").notNull(),
  why: text().notNull(),
  askedAt: instant("asked_at").notNull(),
  told: boolean().notNull().default(false),
  granted: boolean(),
  reason: text(),
  decidedBy: uuid("decided_by"),
});

export const attendants = schema.table("attendants", {
  id: uuid().primaryKey(),
  hearingId: uuid("hearing_id").notNull(),
  kind: text({ enum: ["petitioner", "panel", "other"] }).notNull(),
  personId: uuid("person_id"),
  part: text(),
  no: integer().notNull(),
  signedAt: instant("signed_at"),
  correction: text(),
  fileId: uuid("file_id"),
  declined: text(),
});
